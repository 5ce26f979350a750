package io.patchbay.meta.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The one way in and out of YAML text. JSON is YAML too.
public final class Yaml {
    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                            // A key with nothing behind it; quotes make an empty string.
                            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .build());

    private Yaml() {}

    /// What is wrong with a text, and in which of its lines.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        private Malformed(int line, String reason, Throwable cause) {
            super(reason, cause);
            this.line = line;
        }

        public int line() {
            return line;
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// Reads one document; empty where there is nothing in it but comments.
    public static Optional<JsonNode> read(String document) throws Malformed {
        try {
            return Optional.ofNullable(MAPPER.readTree(document))
                    .filter(node -> !node.isMissingNode() && !node.isNull());
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new Malformed(place == null ? 1 : place.getLineNr(), reason(e), e);
        }
    }

    /// Reads all documents of a file.
    public static List<JsonNode> readAll(String file) throws Malformed {
        List<JsonNode> documents = new ArrayList<>();
        for (Documents.Document document : Documents.split(file)) {
            try {
                read(document.text()).ifPresent(documents::add);
            } catch (Malformed e) {
                throw new Malformed(document.line() + e.line() - 1, e.reason(), e);
            }
        }
        return documents;
    }

    /// Writes a document that {@link #read} reads.
    public static String text(JsonNode root) {
        try {
            return MAPPER.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The parser's messages have many lines: what it was at, where, what is wrong, where, and an
    /// excerpt.
    private static String reason(JsonProcessingException failure) {
        return failure.getOriginalMessage()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("in '") && !line.equals("^"))
                .limit(2)
                .reduce((one, other) -> one + ", " + other)
                .orElse("it is no YAML");
    }
}
