package io.patchbay.meta.multus;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.spi.cni.CniException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// All that Multus' cache holds of a container.
///
/// @param results of the attachments that were made and not yet undone
/// @param damage why the scratch file could not be read, where that is so
/// @param files what is to go once nothing of the sandbox is left
record CachedSandbox(
        String containerId,
        List<CachedDelegate> delegates,
        List<CachedResult> results,
        Optional<CniException> damage,
        List<Path> files) {
    private static final Pattern NUMBERED = Pattern.compile("net([0-9]{1,6})");
    private static final String OURSELVES = "patchbay";

    CachedSandbox {
        delegates = List.copyOf(delegates);
        results = List.copyOf(results);
        files = List.copyOf(files);
    }

    /// In the order in which they were made: the scratch file's, and then what libcni alone knows,
    /// such as a network that was plugged in later, or one whose DEL failed after Multus dropped
    /// its scratch file.
    ///
    /// @param primary CNI_IFNAME as the runtime gave it
    List<CachedAttachment> attachments(String primary) {
        List<CachedAttachment> attachments = new ArrayList<>();
        List<CachedResult> others = new ArrayList<>(results);
        for (CachedDelegate delegate : delegates) {
            String ifName = delegate.ifName(primary);
            Optional<CachedResult> result =
                    others.stream().filter(one -> one.ifName().equals(ifName)).findFirst();
            result.ifPresent(others::remove);
            attachments.add(
                    new CachedAttachment(containerId, ifName, Optional.of(delegate), result));
        }
        others.stream()
                .sorted(
                        Comparator.comparing(CachedResult::written)
                                .thenComparingInt(one -> order(one.ifName(), primary)))
                .map(one ->
                        new CachedAttachment(
                                containerId, one.ifName(), Optional.empty(), Optional.of(one)))
                .forEach(attachments::add);
        return attachments;
    }

    private static int order(String ifName, String primary) {
        Matcher number = NUMBERED.matcher(ifName);
        if (ifName.equals(primary)) {
            return 0;
        }
        return number.matches() ? Integer.parseInt(number.group(1)) : 1;
    }

    /// The interface that the runtime named the sandbox by, as far as the cache tells.
    String primary() {
        List<String> names = results.stream().map(CachedResult::ifName).toList();
        return names.stream()
                .filter(name -> !name.equals("eth0") && !NUMBERED.matcher(name).matches())
                .filter(name -> !names.contains("eth0"))
                .findFirst()
                .orElse("eth0");
    }

    /// CNI_NETNS as it was; empty where nothing tells.
    String netns() {
        return results.stream()
                .map(CachedResult::netns)
                .filter(path -> !path.isEmpty())
                .findFirst()
                .orElse("");
    }

    /// Whether it is us whom Multus called. Then Multus is alive, and the cache is its own matter.
    boolean delegatesToUs() {
        return delegates.stream()
                        .anyMatch(one -> one.config().filter(CachedSandbox::isOurs).isPresent())
                || results.stream()
                        .anyMatch(one -> one.config().filter(CachedSandbox::isOurs).isPresent());
    }

    private static boolean isOurs(JsonNode config) {
        return config.path("type").asText().equals(OURSELVES)
                || config.path("plugins")
                        .valueStream()
                        .anyMatch(plugin -> plugin.path("type").asText().equals(OURSELVES));
    }
}
