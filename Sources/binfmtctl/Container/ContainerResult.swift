// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Glibc
import SystemPackage

/// The result of a request in a container, which leaves nothing behind but the kernel's entries.
struct ContainerResult {
    /// Why the result is not as requested.
    private(set) var problems: [String] = []
    /// The entries of the targets that are as requested.
    private var active: [EntryName] = []
    private var removed: [EntryName] = []

    private let paths: HostPaths

    /// Carries out a request; without one, registers all emulators if no entry is registered for any of QEMU's.
    init(_ request: RegisterRequest?, _ paths: HostPaths) {
        self.paths = paths
        do {
            let mount = try RegistryMount(at: paths.registry)
            try carryOut(request, mount)
            if try !mount.keepsEntries() {
                active = []
                problems.append(lost)
            }
        } catch { problems.append(text(error)) }
    }

    private mutating func carryOut(_ request: RegisterRequest?, _ mount: RegistryMount) throws {
        let registry = try mount.registry()
        guard let request = try request ?? Self.standardRequest(registry.observe()) else { return }
        let isLocked: Bool
        do { isLocked = try registry.lock() } catch { throw RegistryUnavailable.failed(paths.registry, error) }
        if !request.removed.isEmpty { try unregister(request.removed, registry, isLocked: isLocked) }
        let wanted = try desired(request)
        if wanted.entries.isEmpty { return }
        var observed = try registry.observe()
        // Without F only a root with an emulator of its own can show it.
        let isHeld = request.flags.contains(.fixBinary)
        var working = isHeld && !(isLocked && request.replacesForeign) ? WorkingTargets(wanted.entries, paths) : nil
        var failures: [EntryName: String] = [:]
        let needed = isLocked ? Self.needed(wanted, request, observed, working) : []
        if !needed.isEmpty {
            let pass = try SinglePass(registering: wanted.limited(to: needed), in: registry)
            for outcome in pass.outcomes { failures[outcome.change.name] = outcome.failure.map { "\($0)" } }
            observed = pass.after
            if isHeld { working = WorkingTargets(wanted.entries, paths) }
        }
        judge(wanted, request, observed, working, failures, isLocked: isLocked)
    }

    // MARK: - What is requested

    /// What docker/binfmt does, unless there is something to show, as tonistiigi/binfmt does.
    private static func standardRequest(_ observed: ObservedState) -> RegisterRequest? {
        if observed.entries.contains(where: \.runsQemu) { return nil }
        return RegisterRequest(
            command: "", selection: .installed, removed: [], replacesForeign: false, flags: .fixBinary, directory: nil,
            suffix: nil, lifetime: .runtime)
    }

    /// The requested entries that can be registered here.
    private mutating func desired(_ request: RegisterRequest) throws -> DesiredState {
        let targets = try TargetSelection(request.selection).targets
        let files = targets.map { target in
            let content = RegisterDropIn.Content.register(
                target, interpreter: request.interpreter(for: target), request.flags)
            return ConfigFile(
                path: FilePath("\(target.entryName)"),
                text: RegisterDropIn(target.entryName, content).text(command: request.command))
        }
        let desired = try DesiredState(onThisHost: Configuration(files: files))
            .limited(to: Set(targets.map(\.entryName)))
        let isNamed = if case .targets? = request.selection { true } else { false }
        for withheld in desired.withheld where isNamed || withheld.state != .waiting {
            problems.append("\(Self.platform(withheld.declared.name)): \(withheld.reason)")
        }
        if desired.entries.isEmpty, !targets.isEmpty, problems.isEmpty {
            problems.append("no emulator of QEMU's is installed here")
        }
        return desired
    }

    /// The entries that have to be registered.
    ///
    /// - Parameter working: nil if all are to be replaced, or if it cannot be tried.
    private static func needed(
        _ wanted: DesiredState, _ request: RegisterRequest, _ observed: ObservedState, _ working: WorkingTargets?
    ) -> Set<EntryName> {
        let entries = wanted.entries.map(\.entry)
        if request.replacesForeign { return Set(entries.map(\.name)) }
        let needed = entries.filter { entry in
            if working?.names.contains(entry.name) == true { return false }
            guard let found = observed[entry.name] else { return true }
            // The kernel may hold another file for it than this container's.
            return working != nil && found.entry == entry
        }
        return Set(needed.map(\.name))
    }

    // MARK: - What works

    /// Notes what is as requested, and what is not.
    private mutating func judge(
        _ wanted: DesiredState, _ request: RegisterRequest, _ observed: ObservedState, _ working: WorkingTargets?,
        _ failures: [EntryName: String], isLocked: Bool
    ) {
        var names: [String: [EntryName]] = [:]
        for entry in wanted.entries.map(\.entry).reversed() {
            let isRegistered = observed[entry.name]?.entry == entry
            let works = working.flatMap { $0.isUnknown ? nil : $0.names.contains(entry.name) } ?? isRegistered
            if works, failures[entry.name] == nil {
                active.append(entry.name)
                continue
            }
            let remark = failures[entry.name] ?? working?.remarks[entry.name] ?? "it is registered otherwise"
            let isTaken = observed[entry.name] != nil && !request.replacesForeign
            let advice =
                !isLocked
                ? "; the binfmtd of this host keeps the table, so declare it there"
                : isTaken ? "; use --reset to replace '\(entry.name)', which another program registered" : ""
            names[remark + advice, default: []].append(entry.name)
        }
        problems += names.sorted { $0.key < $1.key }.map { "\(Self.platforms($0.value)): \($0.key)" }
    }

    // MARK: - What is unregistered

    private mutating func unregister(_ patterns: [String], _ registry: KernelRegistry, isLocked: Bool) throws {
        let observed = try registry.observe()
        var names: Set<EntryName> = []
        for pattern in patterns {
            let target = QemuTarget.named(pattern)?.entryName
            for entry in observed.entries where entry.name == target || fnmatch(pattern, "\(entry.name)", 0) == 0 {
                if entry.runsQemu {
                    names.insert(entry.name)
                } else if "\(entry.name)" == pattern {
                    problems.append("'\(entry.name)' runs no emulator of QEMU's and stays registered")
                }
            }
        }
        if names.isEmpty { return }
        if !isLocked {
            problems.append("the binfmtd of this host keeps \(names.sorted().bestKnownFirst.nameList) registered")
            return
        }
        let pass = try SinglePass(unregistering: names, in: registry)
        problems += pass.outcomes.compactMap { outcome in outcome.failure.map { "\(outcome.change.name): \($0)" } }
        removed = names.filter { pass.after[$0] == nil }.sorted()
    }
}

// MARK: - Words

extension ContainerResult {
    /// One line for what is registered and unregistered; nil if there is nothing to say.
    var summary: String? {
        var parts: [String] = []
        if !active.isEmpty {
            parts.append("\(counted(active.count, "platform works", "platforms work")): \(Self.platforms(active))")
        }
        if !removed.isEmpty {
            let names = removed.bestKnownFirst.nameList
            parts.append("\(counted(removed.count, "entry", "entries")) unregistered: \(names)")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ") + "."
    }

    /// "arm64, s390x and 25 others".
    private static func platforms(_ names: [EntryName]) -> String { names.bestKnownFirst.map(platform).nameList }

    /// Docker's name of an entry's target, or QEMU's.
    private static func platform(_ name: EntryName) -> String {
        let target = QemuTarget.named(byEntry: name)
        return target?.platform.map(QemuTarget.short) ?? target?.name ?? "\(name)"
    }

    private var lost: String {
        "binfmt_misc is not mounted on this host, so that its entries end with this container; mount it there ('ls "
            + "\(HostPaths.standardRegistry)' triggers systemd's automount), and then run this again"
    }

    private func text(_ error: any Error) -> String {
        switch error as? RegistryUnavailable {
        case .failed(_, .notPermitted)?:
            "cannot mount binfmt_misc at \(paths.registry): run the container with --privileged"
        default: "\(error)"
        }
    }
}

extension ObservedEntry {
    fileprivate var runsQemu: Bool { understood?.interpreter.isQemu == true }
}
