package io.patchbay.meta.kube;

import io.patchbay.meta.cni.NetworkConfigList;
import io.patchbay.meta.device.AssignedDevices;
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

/// Which networks a pod gets: the default network, those that pods get unasked, and those that its
/// annotation selects.
public final class PodNetworks {
    private static final Logger LOG = System.getLogger(PodNetworks.class.getName());

    /// Whom a runtime attaches that knows no pods.
    public static final PodRef NOBODY = new PodRef("", "", "");

    /// On a pod: the network that takes the default network's place. Source: Multus.
    public static final String DEFAULT_KEY = "v1.multus-cni.io/default-network";

    private final ClusterView view;
    private final NetworkConfigList defaultNetwork;
    private final SelectionRules rules;
    private final Definitions definitions;
    private final Isolation isolation;
    private final AssignedDevices devices;

    /// @param files where a network's configuration is looked for that its definition lacks
    public PodNetworks(
            ClusterView view,
            NetworkConfigList defaultNetwork,
            SelectionRules rules,
            NetworkConfigDirectory files,
            AssignedDevices devices) {
        this.view = view;
        this.defaultNetwork = defaultNetwork;
        this.rules = rules;
        this.definitions = new Definitions(view, files);
        this.isolation = new Isolation(rules);
        this.devices = devices;
    }

    /// @param further in the order in which they are to be attached
    public record Chosen(
            PodRef pod, SelectedNetwork defaultNetwork, List<SelectedNetwork> further) {
        public Chosen {
            further = List.copyOf(further);
        }

        private Chosen with(AssignedDevices devices) {
            List<SelectedNetwork> all = new ArrayList<>(further);
            all.addFirst(defaultNetwork);
            List<SelectedNetwork> assigned = devices.assign(pod, all);
            return new Chosen(pod, assigned.getFirst(), assigned.subList(1, assigned.size()));
        }
    }

    /// Refuses with 11 or 3 a pod that is not known, with 7 a network that is not, or that the pod
    /// may not use, or has no device for.
    ///
    /// @param args the pairs of CNI_ARGS; without those that name a pod there is no annotation
    public Chosen choose(Map<String, String> args) {
        String namespace = args.getOrDefault("K8S_POD_NAMESPACE", "");
        String name = args.getOrDefault("K8S_POD_NAME", "");
        String uid = args.getOrDefault("K8S_POD_UID", "");
        if (namespace.isEmpty() && name.isEmpty()) {
            return new Chosen(NOBODY, defaultNetwork(), everyPods()).with(devices);
        }
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new CniException(
                    Standard.INVALID_ENVIRONMENT,
                    "CNI_ARGS has K8S_POD_NAMESPACE \"%s\" and K8S_POD_NAME \"%s\": a pod has both"
                            .formatted(namespace, name));
        }
        Pod pod = get(namespace, name, uid);
        String known = uid.isEmpty() ? pod.ref().uid() : uid;
        return choose(pod, new PodRef(namespace, name, known)).with(devices);
    }

    /// As {@link #choose(Map)} for a pod that is at hand, and without its devices.
    public Chosen choose(Pod pod, PodRef ref) {
        String namespace = ref.namespace();
        List<SelectedNetwork> further = new ArrayList<>();
        if (!rules.systemNamespaces().contains(namespace)) {
            further.addAll(everyPods());
        }
        further.addAll(ofNamespace(namespace));
        for (NetworkSelection selection : selections(pod, NetworksAnnotation.KEY, namespace)) {
            further.add(select(pod, NetworksAnnotation.KEY, selection));
        }
        return new Chosen(ref, defaultNetwork(pod), further);
    }

    /// A network in the default network's place, for no pod, and nothing beside it: what a
    /// self-test asks for. Refused as by {@link #choose(Map)}, but that whoever asks may use it.
    public Chosen alone(NetworkSelection network) {
        NetworkAttachmentDefinition definition = definitions.get(network, "the self-test");
        return new Chosen(NOBODY, definitions.selected(network, definition), List.of())
                .with(devices);
    }

    private Pod get(String namespace, String name, String uid) {
        Pod pod =
                view.findPod(new PodRef(namespace, name, uid))
                        .orElseThrow(() -> view.unknownPod(namespace, name));
        String known = pod.ref().uid();
        if (!uid.isEmpty() && !known.isEmpty() && !uid.equals(known) && !pod.isStatic()) {
            throw CniException.tryAgain(
                    "pod %s/%s has K8S_POD_UID \"%s\", but \"%s\" in %s: one of them is of an earlier pod"
                            .formatted(namespace, name, uid, known, view.place()));
        }
        return pod;
    }

    /// The default network as a pod has it.
    private SelectedNetwork defaultNetwork(Pod pod) {
        List<NetworkSelection> selections = selections(pod, DEFAULT_KEY, rules.networkNamespace());
        if (selections.size() > 1) {
            throw CniException.invalidConfig(
                    "pod %s, annotation %s: it names %d networks, and one alone can be the default"
                            .formatted(pod.ref(), DEFAULT_KEY, selections.size()));
        }
        return selections.isEmpty()
                ? defaultNetwork()
                : select(pod, DEFAULT_KEY, selections.getFirst());
    }

    private static List<NetworkSelection> selections(Pod pod, String key, String namespace) {
        String annotation = pod.annotations().getOrDefault(key, "");
        try {
            return NetworksAnnotation.parse(key, annotation, namespace);
        } catch (CniException e) {
            throw new CniException(
                    e.code(), "pod %s, %s".formatted(pod.ref(), e.getMessage()), e.details());
        }
    }

    private SelectedNetwork select(Pod pod, String key, NetworkSelection selection) {
        String where = "annotation %s of pod %s".formatted(key, pod.ref());
        NetworkAttachmentDefinition definition = definitions.get(selection, where);
        isolation.refuse(pod.ref().namespace(), definition, where);
        return definitions.selected(selection, definition);
    }

    /// Refuses with 11 while it cannot be told who selects what.
    public void requireReady() {
        view.requireReady();
    }

    public SelectedNetwork defaultNetwork() {
        String name = defaultNetwork.name();
        return new SelectedNetwork(name, NetworkSelection.of("", name), defaultNetwork);
    }

    /// The networks that each pod gets behind the default one.
    public List<SelectedNetwork> everyPods() {
        return select(rules.everyPods(), "key \"defaultNetworks\" of the configuration");
    }

    private List<SelectedNetwork> ofNamespace(String name) {
        if (rules.byNamespace().isEmpty()) {
            return List.of();
        }
        // A node without a cluster need not describe its namespaces.
        Map<String, String> labels =
                view.findNamespace(name).map(Namespace::labels).orElse(Map.of());
        List<SelectedNetwork> networks = new ArrayList<>();
        for (SelectionRules.NamespaceNetworks rule : rules.byNamespace()) {
            if (rule.namespaces().matches(labels)) {
                networks.addAll(
                        select(rule.networks(), "key \"namespaceNetworks\" of the configuration"));
            }
        }
        return networks;
    }

    private List<SelectedNetwork> select(List<NetworkSelection> selections, String where) {
        return selections.stream()
                .map(one -> definitions.selected(one, definitions.get(one, where)))
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
                        definitions.selected(
                                NetworkSelection.of(definition.namespace(), definition.name()),
                                definition));
            } catch (CniException e) {
                LOG.log(Level.DEBUG, "left out: {0}", e.getMessage());
            }
        }
        return all;
    }
}
