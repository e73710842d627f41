/**
 * Own the typing of a receipt code: full-width characters, spaces, small letters and missing dashes are put right.
 *
 * Works on <input data-receipt-code>; the server reads the same codes without this module.
 */

/** Write what was typed as groups of four, "K7QM-4R2P". */
export function tidyCode(typed) {
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");
  return (plain.match(/.{1,4}/g) ?? []).join("-");
}

for (const input of document.querySelectorAll("input[data-receipt-code]")) {
  const tidy = () => {
    input.value = tidyCode(input.value);
  };
  input.addEventListener("change", tidy);
  input.form?.addEventListener("submit", tidy);
}
