// SPDX-License-Identifier: Apache-2.0

extension Recognition {
    /// A short form for tables: Docker's name, or the machine of an ELF pattern.
    package var brief: String {
        if let platform { return platform }
        if case .magic(let pattern) = self, let identity = pattern.identity { return identity.brief }
        return description
    }

    /// Docker's name, for a pattern of a QEMU target: "linux/arm64".
    package var platform: String? {
        guard case .magic(let pattern) = self else { return nil }
        return QemuTarget.all.first { $0.pattern == pattern }?.platform
    }
}
