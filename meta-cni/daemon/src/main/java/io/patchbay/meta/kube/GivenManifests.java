package io.patchbay.meta.kube;

import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.PodRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Some manifests as a cluster that nothing happens in, for those who only ask what would be. Of
/// two objects with one name the first counts.
public final class GivenManifests implements ClusterView {
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final Map<String, NetworkAttachmentDefinition> networks = new LinkedHashMap<>();
    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<CustomObject> objects = new ArrayList<>();
    private final String place;

    public GivenManifests(List<Manifest> manifests) {
        this(manifests, "the files");
    }

    /// @param place where they are from, for refusals
    public GivenManifests(List<Manifest> manifests, String place) {
        this.place = place;
        for (Manifest manifest : manifests) {
            manifest.pods().forEach(pod -> pods.putIfAbsent(pod.ref().toString(), pod));
            manifest.networks()
                    .forEach(network -> networks.putIfAbsent(network.toString(), network));
            manifest.namespaces()
                    .forEach(namespace -> namespaces.putIfAbsent(namespace.name(), namespace));
            nodes.addAll(manifest.nodes());
            objects.addAll(manifest.objects());
        }
    }

    @Override
    public String place() {
        return place;
    }

    @Override
    public void requireReady() {}

    @Override
    public Optional<Pod> findPod(PodRef pod) {
        return Optional.ofNullable(pods.get(pod.toString()));
    }

    @Override
    public CniException unknownPod(String namespace, String name) {
        return CniException.invalidConfig(
                "pod %s/%s is in none of %s".formatted(namespace, name, place()));
    }

    @Override
    public Optional<NetworkAttachmentDefinition> findNetwork(String namespace, String name) {
        return Optional.ofNullable(networks.get(namespace + "/" + name));
    }

    @Override
    public Optional<Namespace> findNamespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    /// As it is: nothing happens that could be waited for.
    @Override
    public Optional<Pod> awaitPod(PodRef pod, Predicate<Pod> fits, Duration atMost) {
        return findPod(pod).filter(known -> known.is(pod) && fits.test(known));
    }

    /// The first one that is given.
    @Override
    public Node node() {
        return nodes.isEmpty() ? Node.UNKNOWN : nodes.getFirst();
    }

    @Override
    public WrittenObjects objects(CustomKind kind) {
        return new LookedUpObjects(
                name -> objects.stream().filter(object -> object.is(kind, name)).findFirst(),
                new Changes());
    }

    @Override
    public List<NetworkAttachmentDefinition> networks() {
        return List.copyOf(networks.values());
    }

    @Override
    public void event(Optional<PodRef> pod, EventType type, String reason, String sentence) {
        throw nothingHappens();
    }

    @Override
    public void publishStatus(PodRef pod, String status) {
        throw nothingHappens();
    }

    @Override
    public void withdrawStatus(PodRef pod) {
        throw nothingHappens();
    }

    @Override
    public void restoreStatuses(List<PodRef> pods, Function<PodRef, Optional<String>> status) {
        throw nothingHappens();
    }

    private static UnsupportedOperationException nothingHappens() {
        return new UnsupportedOperationException("nothing happens to pods that are only given");
    }

    @Override
    public void close() {}
}
