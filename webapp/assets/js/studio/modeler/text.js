// A diagram's text as the files of the repository are written, so that saving one change shows
// one change: what is drawn stands on one line a shape, and what the standard takes for granted
// of boundary events is said.
const DRAWN = /^( *)<(bpmndi:BPMN(?:Shape|Edge)|spiffworkflow:serviceTaskOperator)\b[^>]*[^/]>\n[\s\S]*?\n\1<\/\2>/gm;
const BOUNDARY = /<(\w+:)?boundaryEvent\b(?![^>]*\bcancelActivity=)([^>]*?)(\/?)>/g;

const oneLine = (block) => block.replace(/\n\s*/g, "").replace(/^/, block.match(/^ */)[0]).replace(/^( *)\1/, "$1");

export function houseStyle(xml) {
  return `${xml
    .replace(/ \/>/g, "/>")
    .replace(DRAWN, (block) => (/[^>]\n/.test(block) ? block : oneLine(block)))
    .replace(BOUNDARY, (all, prefix = "", rest, end) => `<${prefix}boundaryEvent${rest} cancelActivity="true"${end}>`)
    .trimEnd()}\n`;
}
