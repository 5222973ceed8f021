// SPDX-License-Identifier: Apache-2.0

extension Ownership {
    /// This ownership, extended by the kernel's entries that equal a disabled declaration: another program, such as
    /// systemd-binfmt, registered them for it, so that they are ours to unregister.
    package func adopting(_ deselected: [DeclaredEntry], _ observed: ObservedState) -> Ownership {
        var ownership = self
        for declared in deselected {
            guard let found = observed[declared.name], !owns(found), let entry = found.entry,
                entry.recognition == declared.recognition, entry.flags == declared.flags,
                entry.namedInterpreters.allSatisfy(declared.interpreters.contains)
            else { continue }
            ownership.records[declared.name] = Record(
                registration: found.registration, declaredIn: declared.location?.file)
        }
        return ownership
    }
}
