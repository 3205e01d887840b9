// Whether a line says some words, and nothing turns them around. A part of the selector engine in eye.js.
{
  readable(element) {
    return (element.matches("img") ? element.alt : this.said(element)).normalize("NFKC").toLowerCase();
  },

  // A pattern for some plain words: whatever ornaments and long vowels stand between their letters.
  spelt(words) {
    return Array.from(words, (one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(?:ー|[^\\p{L}\\p{N}])*") + "ー*";
  },

  // Whether a line of an element has some words, and nothing turns them around: 完了 is not in 未完了, nor in 完了していません.
  // What stands before them may belong to them, as in 利用申請を受け付けました; and so may a name behind a gap.
  tells(element, wanted) {
    const lines = element.matches("img") ? [element.alt] : [this.said(element), ...this.readWhole(element).split("\n")];
    return lines.map((line) => line.normalize("NFKC").toLowerCase()).some((line) => Array.from(wanted).some((words) =>
      Array.from(line.matchAll(new RegExp(`${this.spelt(words)}(?![\\p{L}\\p{N}])`, "gu")))
        .some(({ index, 0: found }) => !this.isTurned(line.slice(0, index), line.slice(index + found.length)))));
  },

  // Whether what stands around some words says the opposite, asks, or speaks of another case: what is joined to them, or a
  // result later on in the line. What else there is to be done, and till when, is said of many things.
  isTurned(before, after) {
    const joined = "^[^\\p{L}\\p{N}]*", another = "[^。]{0,10}(ない|ません|場合|まで|とき|際)";
    const opposite = new RegExp(`${joined}(((し|でき|され|では?)?(て(い|お)り?)?(ません|ない|ありません))|(と|の(画面|表示|メッセージ))${another}|いいえ)`, "u");
    const failed = new RegExp(["(失敗|中止)(し(まし)?た|して(い|お)り?ます|です|[)）]|$)", "取り?消(され|し)(まし)?た", "エラー(が発生し|になり)((まし)?た|て(い|お)り?ます)|エラーです",
      "(登録|保存|送信|発行|更新|処理|完了|受け?付け)[^。、]{0,6}(でき|され)ませんでした"].join("|"));
    return /[未不非無][^\p{L}\p{N}]*$/u.test(before) || /^\s*[?]/.test(after) || opposite.test(after)
      || after.split(/[。!]/).some((one) => failed.test(one) && !/場合|とき|際/.test(one) && !this.ofAnother.test(one));
  },

  // What became of an earlier one: 前回の申請は取り消されました.
  ofAnother: /(現在|以前|従来|これまで|それまで|前回|先|旧|元|更新前|再発行前|既存|別|(?<!その)[他ほか]+)の|古い|旧[^\u3040-\u309f]/,

  // Whether words stand for themselves: 112 is no part of 1123, nor 345 of 12,345, and 2026-1 none of 2026-10.
  standsAlone(element, wanted) {
    const text = this.readable(element);
    const alike = (one) => /[a-z0-9]/.test(one ?? "");
    const goesOn = (sign, one) => (/[.,]/.test(sign ?? "") ? /\d/ : /[-_]/.test(sign ?? "") ? /[\p{L}\p{N}]/u : /^$/).test(one ?? "-");
    return Array.from(wanted).some((words) =>
      Array.from(text.matchAll(new RegExp(this.spelt(words), "gu"))).some(({ index, 0: found }) => {
        const [before, after] = [text[index - 1], text[index + found.length]];
        const joined = (edge, next, beyond) => alike(edge) && (alike(next) || goesOn(next, beyond));
        return !joined(found[0], before, text[index - 2]) && !joined(found.at(-1), after, text[index + found.length + 1]);
      }));
  },

  // Whether the first of several sentences says some words, and no more.
  beginsWith(element, wanted) {
    const [first, ...others] = this.said(element).split("。");
    return others.length > 0 && wanted.has(this.plain(first));
  },

  // Marked within a line that says more, as in 次は「鍵の取得画面」です.
  isInSentence(element) {
    const around = this.block.test(element.tagName) ? [] : Array.from(element.parentElement?.childNodes ?? []);
    return around.some((one) => one.nodeType === 3 && this.plain(one.data));
  },
}
