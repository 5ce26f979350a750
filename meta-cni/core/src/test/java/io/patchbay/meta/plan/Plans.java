package io.patchbay.meta.plan;

import static io.patchbay.meta.cni.Refusals.json;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.meta.cni.CniRequest;
import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.RequestDecoder;
import io.patchbay.spi.pod.PodRef;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Plans from JSON, in which single quotes stand for double ones.
final class Plans {
    static final PodRef POD = new PodRef("home", "web-0", "u-1");
    static final SelectedNetwork DEFAULT =
            new SelectedNetwork(
                    "pods",
                    NetworkSelection.of("", "pods"),
                    NetworkConfigDecoder.decode(
                            "pods", json("{'cniVersion': '1.1.0', 'type': 'vpc'}"), "pods"));

    private Plans() {}

    /// An ADD whose configuration has some keys more.
    static CniRequest add(String keys) {
        return RequestDecoder.decode(
                Map.of(
                        "CNI_COMMAND", "ADD",
                        "CNI_CONTAINERID", "c1",
                        "CNI_NETNS", "/run/netns/a",
                        "CNI_IFNAME", "eth0",
                        "CNI_ARGS", "IgnoreUnknown=1;K8S_POD_NAME=web-0",
                        "CNI_PATH", "/opt/cni/bin"),
                json("{'cniVersion': '1.0.0', 'name': 'top', 'type': 'patchbay'" + keys + "}")
                        .getBytes(UTF_8));
    }

    /// @param element of the annotation, such as `{'name': 'a'}`
    static SelectedNetwork network(String element, String config) {
        NetworkSelection selection =
                NetworksAnnotation.parse(json("[" + element + "]"), "home").getFirst();
        return new SelectedNetwork(
                selection.toString(),
                selection,
                NetworkConfigDecoder.decode(selection.toString(), json(config), selection.name()));
    }

    static AttachmentPlan plan(SelectedNetwork... further) {
        return plan(add(""), DEFAULT, further);
    }

    static AttachmentPlan plan(
            CniRequest request, SelectedNetwork defaultNetwork, SelectedNetwork... further) {
        return Planner.plan(
                request,
                POD,
                7,
                4026532001L,
                defaultNetwork,
                List.copyOf(Arrays.asList(further)),
                new DeviceInfoDirectory(Path.of("/devinfo")));
    }
}
