// Keeps the order in which a file lists its elements: undoing and moving put them last, and a saved
// change would show as many.
const LISTS = ["rootElements", "diagrams", "participants", "messageFlows", "laneSets", "lanes", "flowElements", "artifacts", "planeElement"];
const REFERENCES = ["flowNodeRef", "incoming", "outgoing"];
const SINGLE = ["plane", "childLaneSet"];

function* lists(owner) {
  for (const name of [...LISTS, ...REFERENCES]) {
    if (Array.isArray(owner[name]) && owner[name].length > 1) {
      yield [`${owner.id}/${name}`, owner[name]];
    }
  }
  const inner = [...LISTS.flatMap((name) => owner[name] || []), ...SINGLE.map((name) => owner[name])];
  for (const one of inner.filter(Boolean)) {
    yield* lists(one);
  }
}

export class Order {
  constructor() {
    this.known = new Map();
  }

  remember(definitions) {
    this.known = new Map([...lists(definitions)].map(([key, list]) => [key, new Map(list.map((one, at) => [one.id, at]))]));
  }

  // What is new stays behind what it stands behind.
  restore(definitions) {
    for (const [key, list] of lists(definitions)) {
      const places = this.known.get(key);
      if (places) {
        let last = -1;
        const keyed = list.map((one) => [(last = places.get(one.id) ?? last + 1e-6), one]);
        list.splice(0, list.length, ...keyed.sort(([first], [second]) => first - second).map(([, one]) => one));
      }
    }
  }
}
