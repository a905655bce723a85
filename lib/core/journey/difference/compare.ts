import type { Difference, Side } from './difference.ts';
import { subjects } from './difference.ts';
import { peopleDifferences } from './people.ts';
import { settingDifferences } from './settings.ts';
import { stepDifferences } from './steps.ts';
import { textDifferences } from './texts.ts';

/** What changes from one version to another, in words: what touches consent first. Nothing where they are the same. */
export const compareVersions = (before: Side, after: Side): readonly Difference[] => {
  const found = [
    ...settingDifferences(before.plan, after.plan), ...peopleDifferences(before.plan, after.plan),
    ...stepDifferences(before.plan, after.plan), ...textDifferences(before.templates, after.templates),
  ];
  return subjects.flatMap((subject) => found.filter(({ about }) => about === subject));
};
