/**
 * Own the owner's choices while the page is open. They live in memory only: nothing here is stored, sent or put in an address.
 */

/** The marks of one owner on every matter of a ballot. */
export class Choices {
  constructor(matters) {
    this.matters = matters;
    this.marks = matters.map(() => ({ picked: new Set(), none: false }));
  }

  /** Mark one option of a matter (a single choice) by its place in the answers. */
  choose(at, answer) {
    this.marks[at] = { picked: new Set([answer]), none: false };
  }

  /** Add or take away a candidate; adding one takes back "none of them". */
  toggle(at, answer, on) {
    const { picked } = this.marks[at];
    if (on) picked.add(answer);
    else picked.delete(answer);
    this.marks[at].none = false;
  }

  /** Mark "none of them" for an election: all zeros, but answered. */
  abstain(at, on) {
    this.marks[at] = { picked: new Set(), none: on };
  }

  isPicked(at, answer) {
    return this.marks[at].picked.has(answer);
  }

  isAbstained(at) {
    return this.marks[at].none;
  }

  count(at) {
    return this.marks[at].picked.size;
  }

  isAnswered(at) {
    return this.marks[at].none || this.marks[at].picked.size > 0;
  }

  /** Return the places of the matters that have no answer yet. */
  unanswered() {
    return this.matters.map((_, at) => at).filter((at) => !this.isAnswered(at));
  }

  /** Return the 0/1 lists in the order of the questions of election.json. */
  vectors(election) {
    const vectors = election.questions.map((question) => question.answers.map(() => 0));
    this.matters.forEach((matter, at) => {
      for (const answer of this.marks[at].picked) vectors[matter.index][answer] = 1;
    });
    return vectors;
  }
}

/** Tell whether a matter chooses among candidates; the recall of a member is an ELECT matter with the three options. */
export function isContest(matter) {
  return Array.isArray(matter.candidates);
}

/** Return how many candidates may be marked: the seats, or all of them where there are fewer. */
export function mostMarks({ seats, candidates }) {
  return Math.min(seats, candidates.length);
}

/**
 * Check that what is shown is what is in election.json: every question once, the same words, the same order of answers.
 *
 * Returns the code of the first difference, or null.
 */
export function findMismatch(election, matters) {
  const seen = new Set(matters.map((matter) => matter.index));
  if (seen.size !== election.questions.length || matters.length !== seen.size) return "questions_differ";
  for (const matter of matters) {
    const question = election.questions[matter.index];
    if (question === undefined) return "questions_differ";
    if (question.question !== matter.title) return "title_differs";
    const fits = isContest(matter) ? candidatesFit(question, matter) : optionsFit(question, matter);
    if (!fits) return "answers_differ";
  }
  return null;
}

function candidatesFit(question, matter) {
  const { candidates } = matter;
  const places = new Set(candidates.map((candidate) => candidate.answer));
  return (
    question.minimum === 0 &&
    question.maximum === mostMarks(matter) &&
    places.size === question.answers.length &&
    candidates.length === places.size &&
    candidates.every(({ answer, name }) => question.answers[answer]?.startsWith(name))
  );
}

function optionsFit(question, { options }) {
  return (
    question.minimum === 0 &&
    question.maximum === 1 &&
    options.length === question.answers.length &&
    options.every((option, at) => option === question.answers[at])
  );
}
