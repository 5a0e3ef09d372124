# Writes the checkpoints beside this file: /usr/bin/python3 checkpoints.py . (apt-get install python3-torch)
import argparse, collections, sys, torch, numpy
from collections import OrderedDict
out = sys.argv[1]
def values(name, *shape):
    n = int(numpy.prod(shape)) if shape else 1
    return (torch.arange(n, dtype=torch.float32) / 64 + sum(map(ord, name))).reshape(shape)
names = {"conv1.weight": (2, 1, 3, 3), "conv1.bias": (2,), "linear1.weight": (3, 8), "linear1.bias": (3,)}
state = OrderedDict((n, values(n, *s)) for n, s in names.items())
pre = lambda p: OrderedDict((p + n, t) for n, t in state.items())
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(1, 2, 3)
        self.relu = torch.nn.ReLU()
        self.linear1 = torch.nn.Linear(8, 3)
net = Net(); net.load_state_dict(state)
optimizer = torch.optim.Adam(net.parameters()); 
net.linear1(net.conv1(torch.ones(1, 1, 4, 4)).flatten(1)).sum().backward(); optimizer.step(); net.load_state_dict(state)
args = argparse.Namespace(lr=0.1, model="net", betas=(0.9, 0.999))
save = lambda name, what, legacy=False: torch.save(what, f"{out}/{name}.pt", _use_new_zipfile_serialization=not legacy)
save("state_dict", net.state_dict())
save("legacy", net.state_dict(), True)
save("data_parallel", {"epoch": 3, "loss": torch.tensor(0.5), "model_state_dict": pre("module."), "optimizer_state_dict": optimizer.state_dict()})
save("lightning", {"epoch": 1, "global_step": 10, "pytorch-lightning_version": "1.8.0", "state_dict": OrderedDict(list(pre("model.").items()) + [("loss.weight", torch.ones(4))]),
    "callbacks": {"ModelCheckpoint": {"best_model_score": torch.tensor(0.25), "current": numpy.float64(0.25)}}, "optimizer_states": [optimizer.state_dict()],
    "hparams_name": "args", "hyper_parameters": args})
save("timm", {"epoch": 7, "arch": "net", "state_dict": net.state_dict(), "state_dict_ema": pre("module."), "optimizer": optimizer.state_dict(), "version": 2, "args": args,
    "metric": numpy.float32(71.5), "history": collections.deque([numpy.int64(1)]), "seen": {1, 2}})
save("legacy_checkpoint", {"args": args, "best": numpy.float64(0.5), "model": pre("module."), "optimizer": optimizer.state_dict()}, True)
save("module", net)
save("two", {"generator": net.state_dict(), "discriminator": pre("critic."), "step": 4})
half = OrderedDict((n, t.half()) for n, t in state.items()); half["conv1.weight"] = state["conv1.weight"].double().transpose(2, 3).contiguous().transpose(2, 3); half["linear1.weight"] = state["linear1.weight"].bfloat16()
save("types", half, True)
save("legacy_module", net, True)
