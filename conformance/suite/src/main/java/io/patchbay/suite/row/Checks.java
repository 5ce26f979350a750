package io.patchbay.suite.row;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The checks of a profile by the numbers of their rows, and for the rows that nobody can check
/// from outside, why.
///
/// @param <W> the world that each check has for itself
public final class Checks<W extends World> {
    private final Map<String, Check<W>> checks = new LinkedHashMap<>();
    private final Map<String, String> untestable = new LinkedHashMap<>();

    private record Check<W extends World>(RowCheck<W> check, String advice) {}

    /// @param advice what the author of a plugin that fails is to do
    public Checks<W> check(String number, RowCheck<W> check, String advice) {
        claim(number);
        checks.put(number, new Check<>(check, advice));
        return this;
    }

    public Checks<W> untestable(String why, String... numbers) {
        for (String number : numbers) {
            claim(number);
            untestable.put(number, why);
        }
        return this;
    }

    private void claim(String number) {
        if (checks.containsKey(number) || untestable.containsKey(number)) {
            throw new IllegalArgumentException("row " + number + " has two checks");
        }
    }

    /// All rows that have a word here.
    public Set<String> numbers() {
        Set<String> numbers = new TreeSet<>(checks.keySet());
        numbers.addAll(untestable.keySet());
        return numbers;
    }

    /// Whether the row can be checked at all.
    public boolean isTestable(String number) {
        return checks.containsKey(number);
    }

    /// The verdict on a row that cannot be checked.
    public Verdict untested(String number) {
        String why = untestable.get(number);
        if (why == null) {
            throw new IllegalArgumentException("row " + number + " has no check");
        }
        return new Verdict.NotApplicable(why);
    }

    /// Checks one row in a world of its own. Whatever breaks in there is a failure of the row.
    public Verdict run(String number, W world) {
        Check<W> check = checks.get(number);
        if (check == null) {
            return untested(number);
        }
        try {
            check.check().check(world);
            return new Verdict.Passed();
        } catch (Unmet e) {
            return new Verdict.Failed(String.valueOf(e.getMessage()), check.advice());
        } catch (Inapplicable e) {
            return new Verdict.NotApplicable(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Verdict.Failed("the check could not be carried out: " + e, check.advice());
        }
    }
}
