// Where the form of an element would be sent. The prototypes' own functions are asked: a form's fields may be called
// "action" or "elements", and then hide the form's properties of these names.
(one, pressed) => {
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
  const form = one.form ?? one.closest?.("form");
  if (!form) return [];
  const id = attribute(form, "id");
  const root = Node.prototype.getRootNode.call(one);
  const anywhere = (root instanceof Document ? Document : DocumentFragment).prototype.querySelectorAll;
  const own = (selector) => [
    ...Element.prototype.querySelectorAll.call(form, selector),
    ...(id && root !== form ? [...anywhere.call(root, selector)].filter((each) => attribute(each, "form") === id) : []),
  ];
  const typed = "input:not([type=hidden i], [type=submit i], [type=button i], [type=image i], [type=reset i],"
    + " [type=checkbox i], [type=radio i]), textarea";
  if (pressed && !own(typed).some((each) => each.value)) return [];
  const other = pressed ? [one] : own("[formaction]");
  const actions = [
    ...(pressed && attribute(one, "formaction") ? [] : [attribute(form, "action")]),
    ...other.map((each) => attribute(each, "formaction")).filter(Boolean),
  ];
  const whole = (action) => {
    try {
      return new URL(action || document.URL, document.baseURI).href;
    } catch {
      return "";
    }
  };
  return actions.map(whole).filter((each) => /^(https?|mailto):/.test(each));
}
