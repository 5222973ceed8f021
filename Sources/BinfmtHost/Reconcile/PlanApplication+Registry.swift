// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage

extension PlanApplication {
    /// Carries out a plan, and finds out why the kernel refuses a write where the errno alone does not tell.
    init(_ plan: Plan, in registry: any Registry) {
        self.init(plan, perform: registry.perform) { error, write, entry in
            let opened = error == .permissionDenied ? write.openedInterpreter(of: entry) : nil
            let obstacle = opened.flatMap { KernelRefusal.Obstacle(at: $0) }
            let limit = error == .noSpace ? RunningKernel.heldInterpreterLimit : nil
            return KernelRefusal.explanation(
                of: error, write, entry, kernel: RunningKernel.version, obstacle: obstacle, limit: limit)
        }
    }
}
