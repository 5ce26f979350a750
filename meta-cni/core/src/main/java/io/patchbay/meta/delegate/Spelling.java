package io.patchbay.meta.delegate;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses which word was meant.
public final class Spelling {
    private Spelling() {}

    /// The word with the fewest edits to the one that was written, if there are few enough: two, or
    /// one in three letters.
    public static Optional<String> nearest(String written, Collection<String> words) {
        int most = Math.max(1, Math.min(2, written.length() / 3));
        return words.stream()
                .sorted()
                .min(Comparator.comparingInt(word -> edits(written, word)))
                .filter(word -> edits(written, word) <= most);
    }

    /// The insertions, deletions and substitutions between two words, whatever their case
    /// (Levenshtein's distance, row by row).
    public static int edits(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] above = new int[to.length() + 1];
        Arrays.setAll(above, column -> column);
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                boolean same = from.charAt(row - 1) == to.charAt(column - 1);
                int replaced = above[column - 1] + (same ? 0 : 1);
                int changed = 1 + Math.min(above[column], current[column - 1]);
                current[column] = Math.min(replaced, changed);
            }
            above = current;
        }
        return above[to.length()];
    }
}
