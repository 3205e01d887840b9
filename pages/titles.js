// What a screen is called, and what only looks like it. A part of the selector engine in eye.js.
{
  // One of the steps that a row of them shows, and not the one that is marked as where one is.
  isStep(element) {
    const item = this.closest(element, "li"), here = "[aria-current], [class*=current i], [class*=active i], [class~=on i]";
    if (!item || this.above(item).children.length < 2 || item.matches(here) || item.querySelector(`h1, h2, h3, ${here}`)) return false;
    return Array.from(document.querySelectorAll("h1, h2, h3")).some((one) => this.plain(one.textContent) && this.legible(one));
  },

  // The end of a way that is written in one line, 利用者管理 » 利用者一覧: what is marked apart is no such line, but steps.
  // A gap or a stroke says so too, if it is the only one: 証明書取得　証明書取得認証. But neither does in a list, nor where what
  // stands before it is no place to be in: ログアウト｜トップページ, エラー　鍵の取得.
  endsIn(element, wanted) {
    if (Array.from(element.children).some((one) => !this.code.test(one.textContent))) return false;
    const line = this.uncoded(this.said(element));
    const way = line.split(/[»》≫>＞›]+/);
    const halves = element.closest("li, option, dd") ? [] : line.split(/\u3000+|[|｜]|(?<=[^\0-\u2fff])\s+(?=[^\0-\u2fff])/);
    const parts = way.length > 1 ? way : halves;
    return (way.length > 1 || (halves.length === 2 && !this.noPlace.test(halves[0]))) && this.names(parts.at(-1), wanted);
  },

  uncoded(text) {
    const [, title, rest] = text.match(/^(.*[\u3040-\u9fff])(.*)$/s) || [];
    return rest && this.code.test(rest) ? title : text.trim();
  },
}
