// Where a point of a speech ends: it is no element of its own on the page.

function follows(one, place) {
  return Boolean(place.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
}

// Its words run from its lead to the next lead or part.
export function findNextAnchor(text, lead) {
  const anchors = [...text.querySelectorAll(".lead, .part")];
  return anchors.find((one) => follows(one, lead) && !one.contains(lead)) ?? null;
}

export function isInPoint(node, lead, next) {
  if (lead.contains(node)) return true;
  return follows(node, lead) && (!next || (!follows(node, next) && !next.contains(node)));
}
