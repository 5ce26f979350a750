package io.patchbay.meta.plan;

import io.patchbay.meta.cni.Names;
import io.patchbay.spi.cni.CniException;
import java.util.ArrayList;
import java.util.List;

/// Names the links of a pod: CNI_IFNAME for the default network, and for the n-th other one `netN`,
/// unless it asks for a name. Names that clash are refused, for `netN` is what a pod's users
/// expect.
final class InterfaceNames {
    private InterfaceNames() {}

    static List<String> choose(String first, List<SelectedNetwork> networks) {
        List<String> names = new ArrayList<>();
        for (SelectedNetwork network : networks) {
            int position = names.size();
            String name =
                    network.selection().ifName().orElse(position == 0 ? first : "net" + position);
            if (position == 0 && !name.equals(first)) {
                throw CniException.invalidConfig(
                        "%s asks for interface \"%s\": the runtime demands that it is \"%s\""
                                .formatted(Planner.place(0, network), name, first));
            }
            Names.interfaceProblem(name)
                    .ifPresent(words -> {
                        throw CniException.invalidConfig(
                                "%s: interface \"%s\" %s"
                                        .formatted(Planner.place(position, network), name, words));
                    });
            int other = names.indexOf(name);
            if (other >= 0) {
                throw CniException.invalidConfig(
                        "interface \"%s\" is that of %s as well as of %s: give one of them another name"
                                .formatted(
                                        name,
                                        Planner.place(other, networks.get(other)),
                                        Planner.place(position, network)));
            }
            names.add(name);
        }
        return names;
    }
}
