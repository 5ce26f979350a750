package io.patchbay.examples.dpdk;

import io.patchbay.dpdk.pod.PodDevices;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What stands behind `--`: DPDK's own arguments.
final class EalArguments {
    /// Nothing shared with other processes either.
    static final String NO_HARDWARE = "--no-huge --no-shconf --no-telemetry --no-pci -m 128 -l 0";

    /// They invent what they receive, and swallow what they are sent.
    static final String TWO_PORTS = "--vdev net_null0 --vdev net_null1";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "EAL ARGUMENTS",
            description = "DPDK's own, behind --. See the end of run --help for the default.")
    private List<String> words = List.of();

    @Option(
            names = "--pod",
            description = {
                "Starts DPDK as the pod's networks, CPUs and hugepages say, with what stands behind"
                        + " -- after that."
            })
    private boolean pod;

    List<String> words() {
        if (pod) {
            return Stream.concat(PodDevices.read().ealArguments().stream(), words.stream())
                    .toList();
        }
        if (words.isEmpty()) {
            return List.of((NO_HARDWARE + " " + TWO_PORTS).split(" "));
        }
        String first = words.getFirst();
        if (!first.startsWith("-")) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "'"
                            + first
                            + "' is neither an option nor an argument of EAL: these begin with a -.");
        }
        return words;
    }
}
