package io.patchbay.meta.translation;

import java.util.ArrayList;
import java.util.List;

/// What whoever comes from another plugin has to know, one sentence each, in the order of the keys.
public final class Remarks {
    private final List<String> sentences = new ArrayList<>();

    public void add(String where, String sentence) {
        sentences.add(where + ": " + sentence);
    }

    /// About a key of its configuration.
    public void key(String key, String sentence) {
        add("key \"" + key + "\"", sentence);
    }

    public List<String> all() {
        return List.copyOf(sentences);
    }
}
