// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// Everything whose change requests a pass: the configuration, the interpreters, the registry and, only while a mount
/// may bring a missing file, the mount table. Each only requests a pass, and passes on nothing else.
final class Watches {
    private let loop: EventLoop
    private let registryLock: RegistryLock
    private let scheduler: PassScheduler
    private let configuration: FolderWatch
    private let interpreters: FolderWatch
    private var registry: (changes: RegistryChanges, source: EventSource)?
    private var mounts: EventSource?
    /// The look whose paths are watched.
    private var watched: Int?

    private var directoryFailure: Errno?
    private var mountFailure: Errno?
    /// The first reasons why changes of files, or of the registry, cannot be watched.
    var fileFailure: Errno? { directoryFailure ?? mountFailure }
    private(set) var registryFailure: Errno?

    init(_ loop: EventLoop, _ registryLock: RegistryLock, _ scheduler: PassScheduler) {
        self.loop = loop
        self.registryLock = registryLock
        self.scheduler = scheduler
        configuration = FolderWatch(loop) { [unowned scheduler] in scheduler.request(.configuration) }
        interpreters = FolderWatch(loop) { [unowned scheduler] in scheduler.request(.interpreter) }
    }

    /// Watches the paths that the last pass depended on, and requests another pass if something may have changed
    /// unnoticed.
    ///
    /// - Parameter pass: the pass; nil if it found no registry, and then the watched files stay the same.
    func update(after pass: Pass?) {
        updateRegistry()
        let isIncomplete = directoryFailure != nil || configuration.hasLostWatch || interpreters.hasLostWatch
        guard let pass, pass.lookNumber != watched || isIncomplete else { return }
        directoryFailure = nil
        watched = pass.lookNumber
        update(configuration, pass.configurationDependencies, .configuration)
        update(interpreters, pass.interpreterDependencies, .interpreter)
    }

    private func update(_ watch: FolderWatch, _ dependencies: PathDependencies, _ trigger: Trigger) {
        do { if try watch.watch(dependencies) { scheduler.request(trigger) } } catch {
            directoryFailure = directoryFailure ?? error
        }
    }

    private func updateRegistry() {
        let hasFailed = registryFailure != nil
        registryFailure = nil
        guard let opened = registryLock.opened else { return registry = nil }
        if opened.changes == nil, hasFailed {
            opened.watch()
            // No event has reported the changes until now.
            if opened.changes != nil { scheduler.request(.registry) }
        }
        registryFailure = opened.watchFailure
        do {
            if let registry, registry.changes === opened.changes {
                try registry.source.setEnabled(true)
            } else {
                registry = try opened.changes.map { changes throws(Errno) in (changes, try source(of: changes)) }
            }
        } catch { registryFailure = error }
    }

    private func source(of changes: RegistryChanges) throws(Errno) -> EventSource {
        try loop.onReadable(changes.descriptor, ownedBy: changes) { [unowned scheduler] in
            scheduler.request(.registry)
        }
    }

    /// inotify(7) does not report a mount over a directory that it watches.
    ///
    /// - Parameter trigger: the trigger of a pass after a mount; nil if mounts do not matter now.
    func watchMounts(for trigger: Trigger?) {
        if trigger == nil { mounts = nil }
        mountFailure = nil
        guard let trigger, mounts == nil else { return }
        do {
            mounts = try loop.watchMounts { [unowned scheduler] in scheduler.request(trigger) }
        } catch { mountFailure = error }
    }
}
