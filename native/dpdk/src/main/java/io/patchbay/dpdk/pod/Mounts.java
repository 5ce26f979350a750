package io.patchbay.dpdk.pod;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is mounted. Source: proc(5), /proc/self/mountinfo.
final class Mounts {
    private static final String FILE = "/proc/self/mountinfo";

    private Mounts() {}

    /// @param root which directory of the file system is seen
    /// @param point where, as the container has it
    record Mount(String root, String point, String type, List<String> options) {
        Optional<String> option(String key) {
            return options.stream()
                    .filter(option -> option.startsWith(key + "="))
                    .map(option -> option.substring(key.length() + 1))
                    .findFirst();
        }
    }

    static List<Mount> read(PodPlaces places) {
        Path file = places.at(FILE);
        List<Mount> mounts = new ArrayList<>();
        for (String line : PlainFile.find(file).orElse("").lines().toList()) {
            // 36 35 98:0 /root /point rw,noatime master:1 - type source rw,option
            String[] halves = line.split(" - ", 2);
            String[] place = halves[0].split(" ", -1);
            String[] kind = halves.length == 2 ? halves[1].split(" ", -1) : new String[0];
            if (place.length < 6 || kind.length < 2) {
                throw new PodException(
                        "%s has the line \"%s\", which is no mount".formatted(file, line));
            }
            mounts.add(
                    new Mount(
                            unescaped(place[3]),
                            unescaped(place[4]),
                            kind[0],
                            Stream.concat(
                                            Arrays.stream(place[5].split(",", -1)),
                                            kind.length > 2
                                                    ? Arrays.stream(kind[2].split(",", -1))
                                                    : Stream.empty())
                                    .toList()));
        }
        return mounts;
    }

    /// Blanks and their like are in octal.
    private static String unescaped(String path) {
        return path.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
