// SPDX-License-Identifier: Apache-2.0

/// The files that the kernel runs without an entry, and that no entry should match: an entry that matches the host's own
/// programs matches its own interpreter, too, so that every exec on the host fails with ELOOP.
package struct NativePrograms: Hashable, Sendable {
    package let identity: ELFIdentity
    private let patterns: [MagicPattern]

    /// - Parameter identity: the machine of this host's programs, for example of the running one.
    package init(identity: ELFIdentity) {
        self.identity = identity
        // ELFOSABI_NONE and ELFOSABI_LINUX, ET_EXEC and ET_DYN; the padding is zero, the rest may be anything.
        let systems: [UInt8] = [0, 3]
        let types: [UInt16] = [2, 3]
        patterns = systems.flatMap { system in
            types.compactMap { type in
                var mask = [UInt8](repeating: 0xff, count: 20)
                mask[6] = 0
                return try? MagicPattern(magic: identity.header(type: type, osABI: system), mask: mask)
            }
        }
    }

    /// Files that an entry would take from the kernel.
    package enum Capture: Hashable, Sendable {
        case nativePrograms(ELFIdentity)
        case scripts
    }

    /// - Returns: which of the host's own files an entry would take; nil if none.
    package func captured(by recognition: Recognition) -> Capture? {
        guard case .magic(let pattern) = recognition else { return nil }
        if patterns.contains(where: pattern.overlaps) { return .nativePrograms(identity) }
        return OrdinaryScript.mayMatch(pattern) ? .scripts : nil
    }
}
