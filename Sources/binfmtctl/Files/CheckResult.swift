// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The problems of configuration files, on this host.
struct CheckResult {
    let issues: [Issue]
    /// The number of entries.
    let count: Int
    /// Whether a file has an error.
    let isBroken: Bool

    /// Checks the files that the daemon would read, and counts the entries that `status` shows but those of other programs.
    init(_ hostPaths: HostPaths) throws {
        let daemon = hostPaths.daemon
        let reconciler = try hostPaths.reconciler(beside: daemon) { () throws(RegistryUnavailable) in
            try hostPaths.openRegistry()
        }
        do throws(RegistryUnavailable) { self.init(try reconciler.preview()) } catch {
            var directories = hostPaths.configDirectories(beside: daemon)
            try self.init(directories.read().configuration) { _ in true }
        }
    }

    private init(_ preview: Preview) {
        isBroken = preview.configuration.isBroken
        let kept = Set(preview.plan.items.filter(\.keepsOldEntry).map(\.name))
        issues = preview.desired.issues(besides: preview.configuration.issues, kept: kept)
        count = preview.plan.items.count { item in
            item.declared != nil || item.isOwned && item.observed?.standInFor == nil && item.change?.kind != .unregister
        }
    }

    /// Checks only these files, and does not count the entries that `[qemu]` offers without being asked.
    init(_ files: [NamedFile]) throws {
        try self.init(Configuration(files)) { !$0.isOffer }
    }

    private init(_ configuration: Configuration, counting isCounted: (DeclaredEntry) -> Bool) throws {
        let desired = try DesiredState(onThisHost: configuration)
        isBroken = configuration.isBroken
        issues = desired.issues(besides: configuration.issues)
        count = (desired.entries.map(\.declared) + desired.withheld.map(\.declared)).count(where: isCounted)
    }
}
