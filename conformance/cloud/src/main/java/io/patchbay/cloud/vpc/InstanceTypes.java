package io.patchbay.cloud.vpc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The types that are known, from `instance-types.tsv`.
public final class InstanceTypes {
    private static final String FILE = "instance-types.tsv";
    private static final int COLUMNS = 6;
    private static final SequencedMap<String, InstanceType> ALL = read();

    private InstanceTypes() {}

    /// All of them by name, in the file's order.
    public static Map<String, InstanceType> all() {
        return ALL;
    }

    public static Optional<InstanceType> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /// What nobody knows is refused as EC2 refuses it.
    public static InstanceType get(String name) {
        return find(name)
                .orElseThrow(() ->
                        new Ec2Refusal(
                                "InvalidInstanceType",
                                "The following supplied instance types do not exist: [%s]"
                                        .formatted(name)));
    }

    private static SequencedMap<String, InstanceType> read() {
        SequencedMap<String, InstanceType> types = new LinkedHashMap<>();
        try (InputStream file = InstanceTypes.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not beside " + InstanceTypes.class);
            }
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(InstanceTypes::parse)
                    .forEach(type -> types.put(type.name(), type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableSequencedMap(types);
    }

    static InstanceType parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(
                    "\"%s\" in %s has %d columns instead of %d"
                            .formatted(line, FILE, columns.length, COLUMNS));
        }
        List<Integer> cards = Arrays.stream(columns[3].split(",")).map(Integer::valueOf).toList();
        return new InstanceType(
                columns[0],
                columns[1].equals("-") ? "" : columns[1],
                columns[2].equals("yes"),
                cards,
                Integer.parseInt(columns[4]),
                Integer.parseInt(columns[5]));
    }
}
