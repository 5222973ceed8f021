// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// What runs on this host: found out by running it, as tonistiigi/binfmt does.
struct Emulators {
    let document: EmulatorsDocument
    /// Why that is not known, or not all of it.
    let problem: String?

    /// What a program may take.
    private static let limit = Duration.seconds(5)

    init(_ installation: Installation) {
        let probe = try? NativeProbe()
        let foundNative = probe?.natives(among: QemuTarget.all) ?? []
        // This host's own kind of programs stands first.
        let native =
            QemuTarget.all.filter { $0.identity == probe?.native.identity }
            + QemuTarget.all.filter { foundNative.contains($0) && $0.identity != probe?.native.identity }
        do throws(RegistryUnavailable) {
            let observed = try installation.openRegistry().observe()
            let results = ProbeResults(installation, isPrivate: false, names: [], limit: Self.limit)
            let working = results.findings.filter { $0.state == .works }.map(\.architecture)
            let emulated = QemuTarget.all.filter { !native.contains($0) && working.contains($0.name) }
            let isEnabled = observed.isEnabled
            document = EmulatorsDocument(
                supported: Self.platforms(native + emulated),
                emulators: observed.entries.filter { isEnabled && $0.isEnabled }.map(\.name.description).sorted())
            problem = results.problem
        } catch {
            document = EmulatorsDocument(
                supported: Self.platforms(native), emulators: [])
            problem = "\(error)"
        }
    }

    /// In Docker's words, which tell two kinds of arm apart.
    private static func platforms(_ targets: [QemuTarget]) -> [String] {
        targets.compactMap(\.platform).flatMap { $0 == "linux/arm" ? ["linux/arm/v7", "linux/arm/v6"] : [$0] }
    }
}

/// What `register` prints without an option: the document of tonistiigi/binfmt, whose readers know no other member.
struct EmulatorsDocument: Document {
    let supported: [String]
    let emulators: [String]
}
