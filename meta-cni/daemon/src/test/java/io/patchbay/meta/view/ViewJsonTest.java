package io.patchbay.meta.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.cni.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewJsonTest {
    @Test
    void allThatIsShownIsThereAsJsonAndWhatIsNotKnownIsNot() {
        String expected =
                """
                {"pods": [{
                  "namespace": "core", "name": "amf-0", "container": "c1",
                  "netns": "/run/netns/c1", "state": "attached",
                  "networks": [{
                    "interface": "eth0", "network": "core/signalling", "types": ["bridge"],
                    "state": "attached", "addresses": ["10.20.0.10/24", "fe80::2/64"],
                    "link": {"name": "eth0", "index": 16777216, "kind": "veth", "up": true,
                      "mtu": 1500, "mac": "02:00:00:00:00:02",
                      "parent": {"name": "signalling", "where": "node", "port": "p1"}},
                    "routes": [
                      {"destination": "0.0.0.0/0", "gateway": "10.20.0.1", "link": "eth0",
                       "table": 254, "where": "pod"},
                      {"destination": "10.20.0.0/24", "link": "eth0", "table": 100,
                       "metric": 20, "where": "pod"},
                      {"destination": "10.20.0.10/32", "link": "p1", "table": 254,
                       "where": "node"}],
                    "rules": [{"priority": 512, "from": "10.20.0.10/24", "table": 100,
                      "where": "pod"}],
                    "binaries": [], "differences": [], "health": {"verdict": "ok"}
                  }, {
                    "interface": "net1", "network": "core/media", "types": ["macvlan"],
                    "state": "attached", "device": "0000:01:10.0", "addresses": [], "routes": [],
                    "rules": [],
                    "binaries": [{"type": "whereabouts", "path": "/opt/cni/bin/whereabouts",
                      "complaints": ["pool is\\nnearly\\u0007 full"]}],
                    "differences": ["there is no such link in the pod, and ADD made one"],
                    "health": {"verdict": "wrong", "reason": "no\\u001b[2Jlink\u009b"}
                  }]
                }]}
                """;
        assertThat(Json.text(ViewJson.of(List.of(Views.view()))))
                .isEqualTo(Json.text(Json.decode("expected", expected)));
    }
}
