package io.patchbay.cloud.controller;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A node.
///
/// @param instance the id of its instance; empty until its `providerID` tells
/// @param capacity how many branches it says to have room for
public record Node(String name, Optional<String> instance, Optional<Integer> capacity) {
    private static final Pattern PROVIDER_ID = Pattern.compile("aws://.*/(i-[0-9a-f]+)");

    /// The instance of a `providerID` such as `aws:///eu-central-1a/i-0123`.
    public static Optional<String> instance(String providerId) {
        Matcher matcher = PROVIDER_ID.matcher(providerId);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    Node withCapacity(int now) {
        return new Node(name, instance, Optional.of(now));
    }
}
