// What is wrong with the page as it stands, in words; run by the browser tests in the page.
(language) => {
  const faults = [];
  const han = /\p{Script=Han}/u;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  // Diagrams are drawn in Chinese; what people wrote stands as written.
  const own = ".djs-container, [lang]:not(html), .work-what, .cell-long, .case-what";
  const isExempt = (element) => element.closest(own);
  for (const folded of document.querySelectorAll("details.why, details.gate-demo")) {
    folded.open = true;
  }
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const wide = [...document.querySelectorAll("main *, header *")].filter(
      (element) => shown(element) && !element.closest(".djs-container") && element.getBoundingClientRect().right > width + 1,
    );
    faults.push(`scrolls sideways: ${wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 80)).join(" ")}`);
  }
  for (const element of document.querySelectorAll("a, button, label, h1, h2, h3, p, dd, dt, span, time")) {
    const holder = element.closest(".djs-container, .table-wrap, .visually-hidden, .skip");
    if (shown(element) && !holder && element.getBoundingClientRect().right > width + 1) {
      faults.push(`cut off at the edge: ${element.textContent.trim().slice(0, 60)}`);
    }
  }
  // Words that run out of their box lie over what stands beside it.
  for (const element of document.querySelectorAll("main *")) {
    const style = getComputedStyle(element);
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const free = !element.closest(".djs-container, .visually-hidden, pre, textarea, select") && style.overflowX === "visible";
    if (own && free && shown(element) && element.clientWidth && element.scrollWidth > element.clientWidth + 2) {
      faults.push(`runs out of its box: ${element.textContent.trim().slice(0, 60)}`);
    }
  }
  const titles = document.querySelectorAll("h1").length;
  if (titles !== 1) {
    faults.push(`${titles} h1`);
  }
  for (const picture of document.images) {
    if (picture.complete && !picture.naturalWidth) {
      faults.push(`broken picture ${picture.src}`);
    }
  }
  for (const control of document.querySelectorAll("button, .btn, input:not([type=hidden]), select, textarea, summary")) {
    const box = control.getBoundingClientRect();
    const label = control.closest("label")?.getBoundingClientRect();
    if (shown(control) && !control.closest(".skip") && Math.max(box.height, label?.height ?? 0) < 24) {
      faults.push(`too low to touch: ${control.outerHTML.slice(0, 80)}`);
    }
  }
  if (language === "en") {
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (han.test(node.data) && !isExempt(node.parentElement) && !node.parentElement.closest("script, template")) {
        faults.push(`not in English: ${node.parentElement.className || node.parentElement.tagName}: ${node.data.trim().slice(0, 150)}`);
      }
    }
    for (const name of ["title", "aria-label", "placeholder", "alt", "data-label"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (han.test(element.getAttribute(name)) && !isExempt(element)) {
          faults.push(`not in English: ${name}=${element.getAttribute(name).slice(0, 60)}`);
        }
      }
    }
  } else {
    for (const element of document.querySelectorAll("h1, h2, h3, th, dt, legend, .form-label, .timeline-act, .btn, nav a, .tag")) {
      const words = element.textContent;
      if (shown(element) && /[a-z]{3}/i.test(words) && !han.test(words) && !element.querySelector("code")) {
        faults.push(`not in Chinese: ${words.trim().slice(0, 60)}`);
      }
    }
  }
  return [...new Set(faults)];
};
