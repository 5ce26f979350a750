package io.patchbay.cloud.controller;

/// Where pods of a node are that are not in the node's own subnet. Its security groups do not count
/// here: a policy's win. Source: crd.k8s.amazonaws.com/v1alpha1.
public record EniConfig(String name, String subnet) {}
