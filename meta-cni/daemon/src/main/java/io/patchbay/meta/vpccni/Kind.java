package io.patchbay.meta.vpccni;

/// What is made of a variable's value.
enum Kind {
    /// True or false, under the variable's key.
    FLAG,
    /// True or false, and the other way round under the variable's key.
    OPPOSITE,
    /// A text.
    TEXT,
    /// A URL of http or https.
    URL,
    /// Seconds, an hour at most.
    SECONDS,
    /// How large packets of the node's interfaces are.
    MTU,
    /// How large packets of pods are.
    POD_MTU,
    /// What the names of the pods' links begin with.
    PREFIX,
    /// A number in C's notation that marks packets.
    MARK,
    /// Blocks of IPv4 between commas.
    BLOCKS,
    /// Tags as an object of JSON.
    TAGS,
    /// How many interfaces there are at most.
    MOST,
    /// One of those that tell together what the pool keeps: see {@link Stock}.
    STOCK,
    /// One of those that tell together what becomes of source addresses: see {@link Snat}.
    SNAT,
    /// Whether no EC2 is to be had.
    CLOUDLESS,
    /// True or false, and not done here where it is true.
    OFF,
    /// True or false, and done here even where it is false.
    ON,
    /// Nothing: there are only words on it.
    TOLD
}
