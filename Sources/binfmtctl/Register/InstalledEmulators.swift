// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The platforms whose programs run on this host, determined by running one of each, as tonistiigi/binfmt does.
struct InstalledEmulators {
    /// The host's own platform, others that the processor runs itself, then those with a working emulator.
    let platforms: [String]
    /// The names of the entries that are enabled.
    let entries: [String]
    /// The reason why the result is incomplete.
    let problem: String?

    /// The time that each program may take.
    private static let limit = Duration.seconds(5)

    init(_ hostPaths: HostPaths) {
        let probe = try? NativeProbe()
        let foundNative = probe?.natives(among: QemuTarget.all) ?? []
        let native =
            QemuTarget.all.filter { $0.identity == probe?.native.identity }
            + QemuTarget.all.filter { foundNative.contains($0) && $0.identity != probe?.native.identity }
        do throws(RegistryUnavailable) {
            let observed = try hostPaths.openRegistry().observe()
            let results = ProbeResults(hostPaths, .host, names: [], limit: Self.limit)
            let working = results.findings.filter { $0.state == .works }.map(\.architecture)
            let emulated = QemuTarget.all.filter { !native.contains($0) && working.contains($0.name) }
            let isEnabled = observed.isEnabled
            platforms = Self.platforms(native + emulated)
            entries = observed.entries.filter { isEnabled && $0.isEnabled }.map(\.name.description).sorted()
            problem = results.problem
        } catch {
            platforms = Self.platforms(native)
            entries = []
            problem = "\(error)"
        }
    }

    /// The names in Docker's words, which distinguish two variants of arm.
    private static func platforms(_ targets: [QemuTarget]) -> [String] {
        targets.compactMap(\.platform).flatMap { $0 == "linux/arm" ? ["linux/arm/v7", "linux/arm/v6"] : [$0] }
    }
}
