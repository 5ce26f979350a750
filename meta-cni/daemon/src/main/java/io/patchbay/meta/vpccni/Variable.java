package io.patchbay.meta.vpccni;

/// A variable of the VPC CNI.
///
/// @param key of the section `vpc`, with dots between a section and its keys; empty where there is
///   none
/// @param words what whoever set it has to know
record Variable(String name, Kind kind, String key, String words) {
    static Variable of(String name, Kind kind, String key) {
        return new Variable(name, kind, key, "");
    }

    static Variable of(String name, Kind kind, String key, String words) {
        return new Variable(name, kind, key, words);
    }

    static Variable off(String name, String words) {
        return new Variable(name, Kind.OFF, "", words);
    }

    static Variable on(String name, String words) {
        return new Variable(name, Kind.ON, "", words);
    }

    static Variable told(String name, String words) {
        return new Variable(name, Kind.TOLD, "", words);
    }
}
