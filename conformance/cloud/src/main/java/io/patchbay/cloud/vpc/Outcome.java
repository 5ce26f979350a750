package io.patchbay.cloud.vpc;

/// What an action has made of a VPC, and what it tells of that.
public record Outcome<T>(Vpc vpc, T value) {}
