package io.patchbay.meta.kube;

import io.patchbay.meta.delegate.Changes;
import io.patchbay.meta.delegate.WrittenObjects;
import io.patchbay.meta.watch.WatchedDirectories;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.pod.CustomKind;
import io.patchbay.spi.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// The cluster of a node without one: a directory of ordinary manifests. It is watched, so that
/// what is wrong with a file is told when it is written; a look-up does not rely on that, but looks
/// at the file again.
public final class ManifestDirectory implements ClusterView {
    private static final Logger LOG = System.getLogger(ManifestDirectory.class.getName());

    private final Path directory;
    private final Consumer<String> warnings;
    private final StatusFiles statuses;
    private final WatchedDirectories files = WatchedDirectories.open();
    private final Changes changes = new Changes();
    private volatile ManifestIndex index = ManifestIndex.EMPTY;
    private Set<String> told = Set.of();

    private ManifestDirectory(Path directory, Consumer<String> warnings) {
        this.directory = directory;
        this.warnings = warnings;
        this.statuses = new StatusFiles(directory.resolve("status"));
    }

    /// Reads the directory, and watches it from now on; problems go to the log. It is made where it
    /// is not there.
    public static ManifestDirectory open(Path directory) {
        return open(directory, problem -> LOG.log(Level.WARNING, "{0}", problem));
    }

    /// @param warnings is told each problem once for as long as it lasts
    static ManifestDirectory open(Path directory, Consumer<String> warnings) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the directory of manifests %s cannot be made".formatted(directory), e);
        }
        ManifestDirectory opened = new ManifestDirectory(directory, warnings);
        opened.files.watch(List.of(directory));
        opened.scan();
        opened.files.follow("patchbay-manifests", opened::scanAnew);
        return opened;
    }

    @Override
    public String place() {
        return "the manifests in " + directory;
    }

    /// It was read when it was opened.
    @Override
    public void requireReady() {}

    @Override
    public Optional<Pod> findPod(PodRef pod) {
        return find(now -> now.findPod(pod.namespace(), pod.name()));
    }

    @Override
    public CniException unknownPod(String namespace, String name) {
        return CniException.tryAgain(
                "pod %s/%s is not known, or not yet: it is not in %s"
                        .formatted(namespace, name, place()));
    }

    @Override
    public Optional<NetworkAttachmentDefinition> findNetwork(String namespace, String name) {
        return find(now -> now.findNetwork(namespace, name));
    }

    @Override
    public Optional<Namespace> findNamespace(String name) {
        return find(now -> now.findNamespace(name));
    }

    private <T> Optional<T> find(Function<ManifestIndex, Optional<ManifestIndex.Entry<T>>> look) {
        return look.apply(index)
                .filter(ManifestIndex.Entry::isFresh)
                .or(() -> look.apply(scan()))
                .map(ManifestIndex.Entry::value);
    }

    @Override
    public Optional<Pod> awaitPod(PodRef pod, Predicate<Pod> fits, Duration atMost)
            throws InterruptedException {
        return changes.await(
                () -> findPod(pod).filter(known -> known.is(pod) && fits.test(known)), atMost);
    }

    /// The first manifest of a node, whatever its name.
    @Override
    public Node node() {
        return find(ManifestIndex::findNode).orElse(Node.UNKNOWN);
    }

    @Override
    public WrittenObjects objects(CustomKind kind) {
        return new LookedUpObjects(name -> find(now -> now.findObject(kind, name)), changes);
    }

    /// There is nobody to tell but the log.
    @Override
    public void event(Optional<PodRef> pod, EventType type, String reason, String sentence) {
        LOG.log(
                type == EventType.WARNING ? Level.DEBUG : Level.INFO,
                "{0} of {1}: {2}",
                reason,
                pod.map(PodRef::toString).orElse("this node"),
                sentence);
    }

    @Override
    public List<NetworkAttachmentDefinition> networks() {
        return scan().networks();
    }

    @Override
    public void publishStatus(PodRef pod, String status) {
        statuses.write(pod, status);
    }

    @Override
    public void withdrawStatus(PodRef pod) {
        statuses.remove(pod);
    }

    @Override
    public void restoreStatuses(List<PodRef> pods, Function<PodRef, Optional<String>> status) {
        pods.forEach(pod -> status.apply(pod).ifPresent(told -> statuses.restore(pod, told)));
    }

    /// Reads what has changed.
    private synchronized ManifestIndex scan() {
        ManifestIndex next = ManifestIndex.read(directory, index);
        if (next.equals(index)) {
            return next;
        }
        Set<String> problems = new TreeSet<>(next.problems());
        problems.stream().filter(problem -> !told.contains(problem)).forEach(warnings);
        told = problems;
        index = next;
        changes.tell();
        return next;
    }

    private void scanAnew() {
        try {
            scan();
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "{0}: {1}", e.getMessage(), e.getCause());
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
