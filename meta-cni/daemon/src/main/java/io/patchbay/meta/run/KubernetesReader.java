package io.patchbay.meta.run;

import io.patchbay.meta.cni.JsonObject;
import io.patchbay.meta.kube.KubernetesSettings;
import io.patchbay.spi.cni.CniException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the section `kubernetes` of the configuration, and goes on after each problem.
final class KubernetesReader {
    private static final String IN_CLUSTER = "inCluster";
    private static final Pattern SERVER =
            Pattern.compile("https://(\\[[0-9a-fA-F:.]+]|[-A-Za-z0-9.]+)(:[0-9]{1,5})?/?");
    // RFC 1123, as Kubernetes validates the names of nodes.
    private static final Pattern NODE = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private final JsonObject section;
    private final List<String> problems;

    private KubernetesReader(JsonObject section, List<String> problems) {
        this.section = section;
        this.problems = problems;
    }

    /// Empty where it says that there is no cluster.
    static Optional<KubernetesSettings> read(JsonObject section, List<String> problems) {
        return new KubernetesReader(section, problems).read();
    }

    private Optional<KubernetesSettings> read() {
        Set<String> known = new TreeSet<>();
        known.add(IN_CLUSTER);
        boolean inCluster = take(IN_CLUSTER, section::bool).orElse(true);
        KubernetesSettings settings =
                new KubernetesSettings(
                        take(note(known, "server"), this::server),
                        take(note(known, "certificateAuthority"), this::path),
                        take(note(known, "token"), this::path),
                        take(note(known, "node"), this::node));
        SettingsReader.refuseUnknown(section, known, problems);
        if (!inCluster && section.json().size() > 1) {
            problems.add(
                    String.valueOf(
                            section.refusal(
                                            IN_CLUSTER,
                                            "it is false, and other keys say where the cluster is: remove it or them")
                                    .getMessage()));
        }
        return inCluster ? Optional.of(settings) : Optional.empty();
    }

    private static String note(Set<String> known, String key) {
        known.add(key);
        return key;
    }

    private <T> Optional<T> take(String key, Function<String, Optional<T>> reader) {
        try {
            return reader.apply(key);
        } catch (CniException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<URI> server(String key) {
        return text(key, SERVER, "is no address of an API server: write https://HOST:PORT")
                .map(URI::create);
    }

    private Optional<Path> path(String key) {
        return text(key, Pattern.compile("/.*"), "is no absolute path").map(Path::of);
    }

    private Optional<String> node(String key) {
        return text(key, NODE, "is no name of a node: lower case letters, digits, \"-\" and \".\"");
    }

    private Optional<String> text(String key, Pattern syntax, String complaint) {
        return section.string(key)
                .map(text -> {
                    if (!syntax.matcher(text).matches()) {
                        throw section.refusal(key, "\"%s\" %s".formatted(text, complaint));
                    }
                    return text;
                });
    }
}
