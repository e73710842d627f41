/**
 * Own the typing of a receipt code: full-width characters, spaces, small letters and missing dashes are put right.
 *
 * Works on <input data-receipt-code>; the server reads the same codes without this module.
 */

const CODE_LENGTH = 8;

/** Write a receipt code as groups of four, "K7QM-4R2P"; a tracker or anything else is only trimmed. */
export function tidyCode(typed) {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Dash}]/gu, "");
  if (plain.length !== CODE_LENGTH || /[^0-9A-Z]/.test(plain)) return typed.trim();
  return `${plain.slice(0, 4)}-${plain.slice(4)}`;
}

for (const input of document.querySelectorAll("input[data-receipt-code]")) {
  const tidy = () => {
    input.value = tidyCode(input.value);
  };
  input.addEventListener("change", tidy);
  input.form?.addEventListener("submit", tidy);
}
