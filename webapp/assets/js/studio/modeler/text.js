// A diagram's text as the files of the repository are written, so that a saved change shows as
// that change alone: what is drawn stands on one line a shape, and so do timers and operations.
const BLOCK = /^( *)<((?:bpmndi:BPMN(?:Shape|Edge)|\w+:serviceTaskOperator|(?:\w+:)?timerEventDefinition))\b[^>]*[^/]>\n[\s\S]*?\n\1<\/\2>/gm;
const BOUNDARY = /<((?:\w+:)?boundaryEvent)\b([^>]*?)(\/?)>/g;
const TIMED = /(<(?:\w+:)?time(?:Date|Cycle|Duration)\b[^>]*>)([^<]*)(<\/)/g;
const COLOURS = /(color:background-color="[^"]*") (color:border-color="[^"]*")/g;

const SIGNS = { "&#34;": "&quot;", "&#38;": "&amp;", "&#60;": "&lt;", "&#62;": "&gt;", "&#39;": "'" };

// A line that does not end a tag holds text with line breaks of its own.
const oneLine = (block) => (/[^>]\n/.test(block) ? block : block.replace(/\n\s*/g, ""));

function boundary(all, name, attributes, end) {
  const rest = attributes.replace(/ cancelActivity="\w+"/, "");
  const interrupting = !/ cancelActivity="false"/.test(attributes);
  return `<${name}${rest} cancelActivity="${interrupting}"${end}>`;
}

export function houseStyle(xml) {
  const text = xml
    .replace(/="[^"]*&#[^"]*"/g, (value) => value.replace(/&#\d\d;/g, (sign) => SIGNS[sign] || sign))
    .replace(/ \/>/g, "/>")
    .replace(/^ *<bpmndi:BPMNLabel\/>\n/gm, "")
    .replace(BLOCK, oneLine)
    .replace(TIMED, (_, open, body, close) => open + body.replace(/"/g, "&quot;") + close)
    .replace(BOUNDARY, boundary)
    .replace(COLOURS, "$2 $1");
  return `${text.trimEnd()}\n`;
}
