// What no driver of browsers can operate: the chooser of File System Access, and a file dragged in from a folder.
(found, [what, files = []]) => {
  const view = found.ownerDocument.defaultView;

  // That chooser, answered through the usual one; the page gets handles of files as it would.
  async function pick({ multiple = false, types = [] } = {}) {
    const kinds = types.flatMap(({ accept = {} }) => Object.entries(accept).flat(2));
    const input = Object.assign(view.document.createElement("input"), { type: "file", multiple, accept: kinds.join() });
    const chosen = await new Promise((take, refuse) => {
      input.onchange = () => take([...input.files]);
      input.oncancel = () => refuse(new view.DOMException("The user aborted a request.", "AbortError"));
      input.click();
    });
    return Promise.all(chosen.map(handle));
  }

  async function handle(file) {
    const root = await view.navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(view.crypto.randomUUID(), { create: true });
    const made = await folder.getFileHandle(file.name, { create: true });
    const stream = await made.createWritable();
    await stream.write(file);
    await stream.close();
    return made;
  }

  function dragged(given) {
    const data = new view.DataTransfer();
    for (const { name, mimeType, buffer } of given) {
      const bytes = Uint8Array.from(view.atob(buffer), (letter) => letter.charCodeAt(0));
      data.items.add(new view.File([bytes], name, { type: mimeType }));
    }
    return data;
  }

  // Whether a page takes what is dropped there: it says so by keeping the browser from what it does otherwise.
  function taken(kind, data) {
    const event = new view.DragEvent(kind, { bubbles: true, cancelable: true, composed: true, dataTransfer: data });
    return !found.dispatchEvent(event);
  }

  if (what === "prepare") {
    if (view.showOpenFilePicker) view.showOpenFilePicker = pick;
    return true;
  }
  const data = dragged(files);
  taken("dragenter", data);
  return taken("dragover", data) && taken("drop", data);
}
