package io.patchbay.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a configuration's component that `args.cni` of the network may set too, and with it the
/// `cni-args` of a pod: by the same key, before the configuration's own value, a map key by key.
/// Others are the network's alone, whatever a pod writes. Source: CNI CONVENTIONS.md, "args".
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Argument {}
