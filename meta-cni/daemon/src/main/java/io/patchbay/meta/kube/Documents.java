package io.patchbay.meta.kube;

import java.util.ArrayList;
import java.util.List;

/// Cuts a file into YAML documents as kubectl does, at each line that begins with `---`. A block
/// scalar cannot hold such a line, for its lines are indented; so one broken document leaves the
/// others alone.
final class Documents {
    private static final String SEPARATOR = "---";

    private Documents() {}

    /// @param line where it starts, from 1
    record Document(int line, String text) {}

    static List<Document> split(String file) {
        List<Document> documents = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int start = 1;
        int number = 0;
        for (String line : file.lines().toList()) {
            number++;
            if (line.startsWith(SEPARATOR)) {
                add(documents, start, text);
                text.setLength(0);
                // What follows on the separator's own line is content, or a comment.
                text.append(line.substring(SEPARATOR.length()));
                start = number;
            } else {
                text.append(line);
            }
            text.append('\n');
        }
        add(documents, start, text);
        return documents;
    }

    private static void add(List<Document> documents, int start, StringBuilder text) {
        if (!text.toString().isBlank()) {
            documents.add(new Document(start, text.toString()));
        }
    }
}
