/* Own the words for browsers without modules. Loaded with the nomodule attribute, so it is written in the old language. */
(function () {
  var root = document.getElementById("booth") || document.getElementById("trustee");
  if (!root) return;
  var english = root.getAttribute("data-lang") === "en";
  var heading = document.createElement("h1");
  heading.appendChild(document.createTextNode(english ? "This browser cannot vote" : "这个浏览器不能投票"));
  var words = document.createElement("p");
  words.appendChild(
    document.createTextNode(
      english
        ? "It is too old for encryption. You have not voted. Open the same address on another phone or computer, or ask for a paper ballot."
        : "它太旧，没有加密需要的功能。您还没有投票。请换一部手机或电脑打开同一个网址，或升级浏览器、微信；也可以要一张纸质票。"
    )
  );
  while (root.firstChild) root.removeChild(root.firstChild);
  root.appendChild(heading);
  root.appendChild(words);
})();
