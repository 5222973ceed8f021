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

extension QemuTarget {
    /// Docker's names of its programs, of which arm has one for each variant.
    package var platforms: [String] {
        switch platform {
        case nil: []
        case "linux/arm": ["linux/arm/v7", "linux/arm/v6"]
        case let platform?: [platform]
        }
    }

    /// Targets in the order in which BuildKit lists platforms (`SupportedPlatforms` in its util/archutil), then the others.
    package static func inDockersOrder(_ targets: some Collection<QemuTarget>) -> [QemuTarget] {
        dockersOrder.filter(targets.contains) + all.filter { targets.contains($0) && !dockersOrder.contains($0) }
    }

    private static let dockersOrder = [
        "amd64", "arm64", "riscv64", "ppc64", "ppc64le", "s390x", "386", "mips64le", "mips64", "loong64", "arm",
    ].compactMap(named)
}
