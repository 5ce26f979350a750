package io.patchbay.kit.rule;

import java.util.Locale;

/// A numbered promise of a delegate.
///
/// @param group such as ADD
/// @param promise how it goes on after "A delegate keeps it when"
/// @param advice what an author does about a breach
public record Rule(int number, String group, String promise, String advice) {
    /// Whether a test of that name tries this rule: `add301_…`.
    boolean isTriedBy(String test) {
        return test.startsWith(group.toLowerCase(Locale.ROOT) + number + "_");
    }
}
