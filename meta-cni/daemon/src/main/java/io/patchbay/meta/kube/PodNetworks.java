package io.patchbay.meta.kube;

import io.patchbay.meta.cni.NetworkConfigDecoder;
import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.plan.NetworkSelection;
import io.patchbay.meta.plan.NetworksAnnotation;
import io.patchbay.meta.plan.SelectedNetwork;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.pod.PodRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which networks a pod gets: the default network, those that every pod gets, and those that its
/// annotation selects.
public final class PodNetworks {
    private static final Logger LOG = System.getLogger(PodNetworks.class.getName());

    /// Whom a runtime attaches that knows no pods.
    public static final PodRef NOBODY = new PodRef("", "", "");

    private final ClusterView view;
    private final NetworkConfigList defaultNetwork;
    private final List<NetworkSelection> everyPods;

    /// @param everyPods selected for each pod, before its own
    public PodNetworks(
            ClusterView view, NetworkConfigList defaultNetwork, List<NetworkSelection> everyPods) {
        this.view = view;
        this.defaultNetwork = defaultNetwork;
        this.everyPods = List.copyOf(everyPods);
    }

    /// @param further in the order in which they are to be attached
    public record Chosen(
            PodRef pod, SelectedNetwork defaultNetwork, List<SelectedNetwork> further) {
        public Chosen {
            further = List.copyOf(further);
        }
    }

    /// Refuses with 11 a pod that is not known, or not yet, and with 7 a network that is not.
    ///
    /// @param args the pairs of CNI_ARGS; without those that name a pod there is no annotation
    public Chosen choose(Map<String, String> args) {
        String namespace = args.getOrDefault("K8S_POD_NAMESPACE", "");
        String name = args.getOrDefault("K8S_POD_NAME", "");
        String uid = args.getOrDefault("K8S_POD_UID", "");
        if (namespace.isEmpty() && name.isEmpty()) {
            return new Chosen(NOBODY, defaultNetwork(), everyPods());
        }
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new CniException(
                    Standard.INVALID_ENVIRONMENT,
                    "CNI_ARGS has K8S_POD_NAMESPACE \"%s\" and K8S_POD_NAME \"%s\": a pod has both"
                            .formatted(namespace, name));
        }
        Pod pod = get(namespace, name, uid);
        List<SelectedNetwork> further = new ArrayList<>(everyPods());
        for (NetworkSelection selection : selections(pod)) {
            further.add(
                    select(
                            selection,
                            "annotation %s of pod %s"
                                    .formatted(NetworksAnnotation.KEY, pod.ref())));
        }
        String known = uid.isEmpty() ? pod.ref().uid() : uid;
        return new Chosen(new PodRef(namespace, name, known), defaultNetwork(), further);
    }

    private Pod get(String namespace, String name, String uid) {
        Pod pod = view.findPod(namespace, name).orElseThrow(() -> view.unknownPod(namespace, name));
        String known = pod.ref().uid();
        if (!uid.isEmpty() && !known.isEmpty() && !uid.equals(known) && !pod.isStatic()) {
            throw CniException.tryAgain(
                    "pod %s/%s has K8S_POD_UID \"%s\", but \"%s\" in %s: one of them is of an earlier pod"
                            .formatted(namespace, name, uid, known, view.place()));
        }
        return pod;
    }

    private static List<NetworkSelection> selections(Pod pod) {
        String annotation = pod.annotations().getOrDefault(NetworksAnnotation.KEY, "");
        try {
            return NetworksAnnotation.parse(annotation, pod.ref().namespace());
        } catch (CniException e) {
            throw new CniException(
                    e.code(), "pod %s, %s".formatted(pod.ref(), e.getMessage()), e.details());
        }
    }

    public SelectedNetwork defaultNetwork() {
        String name = defaultNetwork.name();
        return new SelectedNetwork(name, NetworkSelection.of("", name), defaultNetwork);
    }

    /// The networks that each pod gets behind the default one.
    public List<SelectedNetwork> everyPods() {
        return everyPods.stream()
                .map(one -> select(one, "key \"defaultNetworks\" of the configuration"))
                .toList();
    }

    /// Every network of the node, whether a pod has selected it or not. One whose configuration is
    /// refused is left out: its pods were told why.
    public List<SelectedNetwork> all() {
        List<SelectedNetwork> all = new ArrayList<>();
        all.add(defaultNetwork());
        for (NetworkAttachmentDefinition definition : view.networks()) {
            try {
                all.add(
                        selected(
                                NetworkSelection.of(definition.namespace(), definition.name()),
                                definition));
            } catch (CniException e) {
                LOG.log(Level.DEBUG, "left out: {0}", e.getMessage());
            }
        }
        return all;
    }

    private SelectedNetwork select(NetworkSelection selection, String where) {
        NetworkAttachmentDefinition definition =
                view.findNetwork(selection.namespace(), selection.name())
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        "network %s, which %s names, is unknown: no NetworkAttachmentDefinition of that name is in %s"
                                                .formatted(selection, where, view.place())));
        return selected(selection, definition);
    }

    private static SelectedNetwork selected(
            NetworkSelection selection, NetworkAttachmentDefinition definition) {
        return new SelectedNetwork(definition.toString(), selection, decode(definition));
    }

    /// Reads a definition's configuration; refusals name the definition.
    public static NetworkConfigList decode(NetworkAttachmentDefinition definition) {
        String what = "NetworkAttachmentDefinition " + definition;
        String config =
                definition
                        .config()
                        .orElseThrow(() ->
                                CniException.invalidConfig(
                                        what
                                                + ", key \"spec.config\": it is missing, and configurations on disk are not looked for"));
        return NetworkConfigDecoder.decode(what, config, definition.name());
    }
}
