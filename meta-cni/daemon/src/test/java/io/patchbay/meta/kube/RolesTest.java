package io.patchbay.meta.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// deploy/rbac.yaml, beside what the daemon does.
class RolesTest {
    private static Set<String> granted() throws IOException, Yaml.Malformed {
        Set<String> granted = new TreeSet<>();
        for (JsonNode document :
                Yaml.readAll(Files.readString(Path.of("../../deploy/rbac.yaml")))) {
            for (JsonNode rule : document.path("rules")) {
                for (JsonNode group : rule.path("apiGroups")) {
                    for (JsonNode resource : rule.path("resources")) {
                        for (JsonNode verb : rule.path("verbs")) {
                            granted.add(
                                    "%s %s/%s"
                                            .formatted(
                                                    verb.asText(),
                                                    group.asText(),
                                                    resource.asText()));
                        }
                    }
                }
            }
        }
        return granted;
    }

    @Test
    void what_is_watched_and_written_is_granted_and_nothing_else() throws Exception {
        Set<String> needed = new TreeSet<>();
        for (String watched :
                Set.of(
                        "/pods",
                        "/namespaces",
                        "/nodes",
                        "k8s.cni.cncf.io/network-attachment-definitions",
                        "crd.k8s.amazonaws.com/eniconfigs",
                        "vpcresources.k8s.aws/cninodes")) {
            needed.add("get " + watched);
            needed.add("list " + watched);
            needed.add("watch " + watched);
        }
        needed.add("patch /pods");
        needed.add("patch vpcresources.k8s.aws/cninodes");
        needed.add("create events.k8s.io/events");
        needed.add("patch events.k8s.io/events");
        assertThat(granted()).isEqualTo(needed);
    }
}
