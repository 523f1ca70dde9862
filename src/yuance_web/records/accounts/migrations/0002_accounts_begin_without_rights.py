"""An account may be without a role until the security administrator gives it one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The role may be empty."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("lead", "牵头部门"),
                    ("reporter", "园区填报人"),
                    ("signer", "园区负责人"),
                    ("verifier", "责任部门核实人"),
                    ("reviewer", "县（市）区"),
                    ("leader", "领导"),
                    ("system", "系统管理员"),
                    ("security", "安全管理员"),
                    ("audit", "审计管理员"),
                ],
                max_length=12,
                verbose_name="角色",
            ),
        ),
    ]
