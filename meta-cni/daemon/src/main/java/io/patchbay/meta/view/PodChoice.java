package io.patchbay.meta.view;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.meta.delegate.Spelling;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which sandboxes an operator means by a word.
public final class PodChoice {
    private static final Comparator<Sandbox> ORDER =
            Comparator.comparing((Sandbox sandbox) -> SandboxView.pod(sandbox.plan()))
                    .thenComparing(sandbox -> sandbox.plan().containerId());

    private static final int NEAREST = 3;

    private PodChoice() {}

    /// By pod, and then by container.
    public static List<Sandbox> ordered(List<Sandbox> all) {
        return all.stream().sorted(ORDER).toList();
    }

    /// The sandboxes of a pod, by NAMESPACE/NAME or by a NAME that one namespace has; of a pod
    /// whose runtime is about to replace a sandbox that is two. Else the one whose container id
    /// begins with the word. What means none or several is refused with code 3.
    public static List<Sandbox> find(String word, List<Sandbox> all) {
        for (Predicate<Sandbox> meant : meanings(word)) {
            List<Sandbox> found = ordered(all.stream().filter(meant).toList());
            if (!found.isEmpty()) {
                return unambiguous(word, found);
            }
        }
        throw new CniException(
                Standard.UNKNOWN_CONTAINER,
                "there is no pod \"%s\" on this node, nor a container whose id begins so: %s"
                        .formatted(word, nearest(word, all)));
    }

    private static List<Predicate<Sandbox>> meanings(String word) {
        return List.of(
                sandbox -> isNamed(sandbox) && sandbox.plan().pod().toString().equals(word),
                sandbox -> sandbox.plan().containerId().equals(word),
                sandbox -> isNamed(sandbox) && sandbox.plan().pod().name().equals(word),
                sandbox -> sandbox.plan().containerId().startsWith(word));
    }

    /// Whether its runtime named a pod.
    private static boolean isNamed(Sandbox sandbox) {
        return !sandbox.plan().pod().name().isEmpty();
    }

    private static List<Sandbox> unambiguous(String word, List<Sandbox> found) {
        List<String> names = found.stream().map(PodChoice::name).distinct().toList();
        if (names.size() > 1) {
            throw new CniException(
                    Standard.UNKNOWN_CONTAINER,
                    "\"%s\" may be any of %s: name one".formatted(word, String.join(", ", names)));
        }
        return found;
    }

    private static String name(Sandbox sandbox) {
        return isNamed(sandbox) ? sandbox.plan().pod().toString() : sandbox.plan().containerId();
    }

    private static String nearest(String word, List<Sandbox> all) {
        List<String> names =
                ordered(all).stream()
                        .map(PodChoice::name)
                        .distinct()
                        .sorted(Comparator.comparingInt(name -> distance(word, name)))
                        .limit(NEAREST)
                        .toList();
        return names.isEmpty()
                ? "nothing is attached"
                : names.stream().collect(Collectors.joining(", ", "nearest are ", ""));
    }

    /// From the whole name or from the pod's alone, whichever is nearer.
    private static int distance(String word, String name) {
        return Math.min(
                Spelling.edits(word, name),
                Spelling.edits(word, name.substring(name.indexOf('/') + 1)));
    }
}
