// Where files are chosen or dropped. A part of the selector engine in eye.js.
{
  // A chooser of files that a person sees, and not one that is hidden behind a picture.
  seen(input) {
    const box = input.getBoundingClientRect();
    return this.visible(input) && box.width > 4 && box.height > 4 && !this.isAside(input);
  },

  // What is pressed for a chooser that is hidden: anything but what sends the form.
  isOpener(element) {
    const sends = element.matches("input[type=submit],input[type=image],input[type=reset]")
      || (element.tagName === "BUTTON" && element.type !== "button" && element.form);
    return this.visible(element) && (!sends || element.hasAttribute("onclick"));
  },

  // Where files can be dropped, and no chooser is in sight: what says the words, or stands beside what does.
  zones(root, wanted) {
    const beside = Array.from(root.querySelectorAll("td, dd"))
      .filter((one) => [this.cellBefore(one), this.headingAbove(one)].some((text) => this.names(text, wanted)));
    return [...this.just(root, wanted), ...beside.flatMap((one) => [...one.querySelectorAll("*"), one])]
      .filter((one) => this.takesDrops(one));
  },

  // A page says that it takes files by keeping the browser from opening them itself.
  takesDrops(element) {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], "file"));
    const carried = (kind) => element.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
    const taken = !carried("dragover");
    carried("dragleave");
    return taken;
  },
}
