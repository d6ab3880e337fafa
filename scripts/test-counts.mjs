/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * The last line of a test run, for instance `120 passed, 0 failed`.
 * @param {Counts} counts
 * @returns {string}
 */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * Counts what Vitest's JSON report holds. A file that failed before any of its tests could run counts as one failure,
 * and so does a run that ended badly although every test in the report passed: an unhandled error, a crashed worker.
 * @param {unknown} report the parsed report, undefined when there is none
 * @param {number | null} exitCode of Vitest
 * @returns {{ counts: Counts, complaint: string | undefined }}
 */
export function countReport(report, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const files = report?.testResults;
  if (!Array.isArray(files)) {
    return { counts: { ...counts, failed: 1 }, complaint: "vitest ended without a report" };
  }
  const failedFiles = [];
  for (const file of files) {
    let failedHere = 0;
    for (const { status } of file.assertionResults ?? []) {
      if (status === "passed") counts.passed += 1;
      else if (status === "failed") failedHere += 1;
      else counts.skipped += 1;
    }
    if (failedHere === 0 && file.status === "failed") failedHere = 1;
    counts.failed += failedHere;
    if (failedHere > 0) failedFiles.push(file.name);
  }
  if (counts.failed > 0) return { counts, complaint: `tests in ${failedFiles.join(", ")}` };
  if (counts.passed === 0) return { counts: { ...counts, failed: 1 }, complaint: "no test ran" };
  if (exitCode !== 0) {
    return {
      counts: { ...counts, failed: 1 },
      complaint: `vitest ended with code ${exitCode} although no test failed`,
    };
  }
  return { counts, complaint: undefined };
}
