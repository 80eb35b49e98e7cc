/**
 * Runs before the first paint: puts the kept theme on <html>, then keeps the three
 * radios of the footer and `localStorage` in step. A static string, so that a content
 * security policy can name its hash. Without a script the system's theme applies.
 */
export const THEME_SCRIPT = `(function(){var d=document,h=d.documentElement;function kept(){try{var t=localStorage.getItem("theme");return t==="light"||t==="dark"?t:""}catch(e){return""}}function apply(t){if(t)h.dataset.theme=t;else delete h.dataset.theme}function mark(){var t=kept()||"system",r=d.querySelector('input[name="theme"][value="'+t+'"]');if(r)r.checked=true}apply(kept());d.addEventListener("DOMContentLoaded",mark);addEventListener("pageshow",mark);d.addEventListener("change",function(e){var i=e.target;if(!i||i.name!=="theme")return;var t=i.value==="system"?"":i.value;apply(t);try{t?localStorage.setItem("theme",t):localStorage.removeItem("theme")}catch(e){}})})()`
